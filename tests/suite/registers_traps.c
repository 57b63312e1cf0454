// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a call is: an ECALL of the supervisor with the id of the PMU in a7, and
 * no other trap. Firmware may take such calls on a way of their own.
 */

#include "counters.h"

static void expect_kept(const unsigned long args[8], const char *what)
{
	struct sbiret ret;

	expect_eq(sbi_ecall_changed(&ret, args), 0,
		  "mask of the registers that %s changed", what);
}

static void expect_kept_by_counter(unsigned int index, unsigned long event)
{
	const unsigned long config[8] = {
		index, 1,    PMU_CFG_CLEAR_VALUE, event,
		0,     0x15, PMU_FID_CONFIG,	  PMU_EID};
	const unsigned long start[8] = {
		index,	       1,      PMU_START_SET_INIT_VALUE, 7, 0, 0x15,
		PMU_FID_START, PMU_EID};
	const unsigned long stop[8] = {index, 1,    PMU_STOP_RESET, 0x13,
				       0x14,  0x15, PMU_FID_STOP,   PMU_EID};

	expect_kept(config, "CONFIG");
	expect_kept(start, "START");
	expect_kept(start, "START of a running counter");
	expect_kept(stop, "STOP with RESET");
	expect_kept(stop, "STOP of a free counter");
}

CASE(registers, kept_by_hardware,
     "Programming a hardware counter changes no register but a0 and a1.")
{
	struct actor actors[MAX_ACTORS];
	unsigned int i, count = find_actors(actors);

	for (i = 0; i < count; i++)
		expect_kept_by_counter(actors[i].index, actors[i].event);
}

/* Firmware that dies of such an address fails hostile.event-info-unbacked */
CASE_OURS(
	registers, kept_by_faults,
	"An address that nobody answers makes no call change other registers.")
{
	const unsigned long table[8] = {
		ram_end(), 0, 4, 0, 0x14, 0x15, PMU_FID_EVENT_INFO, PMU_EID};
	const unsigned long page[8] = {
		ram_end(), 0, 0, 0x13, 0x14, 0x15, PMU_FID_SET_SHMEM, PMU_EID};

	skip_unless(ram_end() && ram_end() < (uintptr_t)-PAGE_SIZE,
		    "the end of memory is not known");
	expect_kept(table, "EVENT_GET_INFO");
	expect_kept(page, "SET_SHMEM");
}

static void expect_no_extension(unsigned int bit)
{
	unsigned long eid = PMU_EID ^ 1UL << bit;

	expect_error(sbi_ecall(eid, PMU_FID_NUM_COUNTERS, 0, 0, 0, 0, 0, 0),
		     PMU_ERR_NOT_SUPPORTED, "extension %#lx", eid);
}

CASE(registers, other_extensions,
     "Extension ids that differ from that of the PMU in one bit are not the PMU.")
{
	unsigned int bit;

	/* Bits 31 to 24 lead to ids that vendors and firmware may have */
	for (bit = 0; bit < 24; bit++)
		expect_no_extension(bit);
}

CASE_OURS(registers, wide_extensions,
	  "An extension id is compared as a whole, beyond its 32 bits.")
{
	unsigned int bit;

	skip_unless(XLEN > 32, "registers have no more than 32 bits");
	for (bit = 32; bit < XLEN; bit++)
		expect_no_extension(bit);
}

/* What a call of NUM_COUNTERS has in its registers, at another instruction */
#define AS_CALL(insn)                                                     \
	do {                                                              \
		register unsigned long a0 __asm__("a0") = 0;              \
		register unsigned long a6 __asm__("a6") =                 \
			PMU_FID_NUM_COUNTERS;                             \
		register unsigned long a7 __asm__("a7") = PMU_EID;        \
		__asm__ __volatile__(".option push\n.option norvc\n" insn \
				     "\n.option pop"                      \
				     : "+r"(a0)                           \
				     : "r"(a6), "r"(a7)                   \
				     : "a1", "memory");                   \
	} while (0)

static void call(unsigned long arg)
{
	(void)arg;
	AS_CALL("ecall");
}

static void illegal(unsigned long arg)
{
	(void)arg;
	AS_CALL(".word 0xffffffff");
}

static void expect_exception(enum mode mode, void (*fn)(unsigned long),
			     unsigned long cause, const char *what)
{
	struct trap_info info = {0};

	if (expect(!probe_in_mode(mode, fn, 0, &info),
		   "%s in %s mode traps to the supervisor", what,
		   mode_name(mode)))
		expect_eq(info.cause, cause, "scause of %s in %s mode", what,
			  mode_name(mode));
}

CASE(registers, lower_modes,
     "An ECALL of a less privileged mode with the ids of the PMU is no call.")
{
	static const struct {
		enum mode mode;
		unsigned long cause;
	} modes[] = {{MODE_U, EXC_ECALL_U},
		     {MODE_VS, EXC_ECALL_VS},
		     {MODE_VU, EXC_ECALL_U}};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (mode_available(modes[i].mode))
			expect_exception(modes[i].mode, call, modes[i].cause,
					 "ECALL");
	}
}

CASE(registers, other_traps,
     "An illegal instruction with the ids of the PMU in its registers is no call.")
{
	expect_exception(MODE_S, illegal, EXC_ILLEGAL,
			 "an illegal instruction");
	expect_exception(MODE_U, illegal, EXC_ILLEGAL,
			 "an illegal instruction");
}
