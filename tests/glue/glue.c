// SPDX-License-Identifier: BSD-2-Clause
/*
 * A test of the glue in M-mode, for what no machine of QEMU shows: a PMU device
 * of the platform, OpenSBI without memory, and calls before there is any state.
 * It runs in place of the boot hart's sbi_pmu_init(), on a hart without
 * Sscofpmf, and the machine does not boot when a check fails.
 */

#include "pmu/compat.h"
#include <sbi/sbi_console.h>
#include <sbi/sbi_ecall.h>
#include <sbi/sbi_error.h>
#include <sbi/sbi_heap.h>
#include <sbi/sbi_scratch.h>
#include <sbi/sbi_string.h>
#include <sbi/sbi_trap.h>
#include "pmu/glue.h"
#include "pmu/bits.h"
#include "glue.h"

/* OpenSBI 1.6 does not relocate pointers to what others could see */
extern struct sbi_ecall_extension ecall_pmu
	__attribute__((visibility("hidden")));
/* and does not declare this one */
unsigned long sbi_pmu_irq_mask(void);

/* Where the memory of a machine of 256 MB ends */
#define RAM_END 0x90000000ul

/* -- Functions of OpenSBI that can be told to fail ------------------------- */

int __real_sbi_pmu_init(struct sbi_scratch *scratch, bool cold_boot);
unsigned long __real_sbi_scratch_alloc_offset(unsigned long size);
void *__real_sbi_zalloc_from(struct sbi_heap_control *heap, size_t size);
int __real_fdt_pmu_setup(const void *fdt);
int __real_sbi_hart_priv_version(struct sbi_scratch *scratch);

static bool no_scratch, no_heap, bad_map, old_hart;

unsigned long __wrap_sbi_scratch_alloc_offset(unsigned long size)
{
	return no_scratch ? 0 : __real_sbi_scratch_alloc_offset(size);
}

void *__wrap_sbi_zalloc_from(struct sbi_heap_control *heap, size_t size)
{
	return no_heap ? NULL : __real_sbi_zalloc_from(heap, size);
}

int __wrap_fdt_pmu_setup(const void *fdt)
{
	int rc = __real_fdt_pmu_setup(fdt);

	return bad_map ? SBI_EINVAL : rc;
}

int __wrap_sbi_hart_priv_version(struct sbi_scratch *scratch)
{
	return old_hart ? SBI_HART_PRIV_VER_UNKNOWN
			: __real_sbi_hart_priv_version(scratch);
}

/* -- A device that remembers what it was asked ------------------------------
 */

static struct {
	unsigned long flags;
	uint32_t hartid, counter;
	uint64_t data;
} asked;

static int answer;

static int dev_validate(uint32_t hartid, uint64_t data)
{
	asked.hartid = hartid;
	asked.data = data;
	return answer;
}

static bool dev_match(uint32_t hartid, uint32_t counter, uint64_t data)
{
	asked.counter = counter;
	dev_validate(hartid, data);
	return answer == 0;
}

static int dev_start(uint32_t hartid, uint32_t counter, uint64_t data)
{
	asked.counter = counter;
	return dev_validate(hartid, data);
}

static int dev_stop(uint32_t hartid, uint32_t counter)
{
	return dev_start(hartid, counter, 0);
}

static uint64_t dev_read(uint32_t hartid, uint32_t counter)
{
	dev_start(hartid, counter, 0);
	return 0x123456789abcdefULL;
}

static void dev_write(uint32_t hartid, uint32_t counter, uint64_t value)
{
	dev_start(hartid, counter, value);
}

static int dev_answer(void)
{
	return answer;
}

static void dev_irq_enable(uint32_t counter)
{
	asked.counter = counter + 100;
}

static void dev_irq_disable(uint32_t counter)
{
	asked.counter = counter + 200;
}

static void dev_filter(unsigned long flags, int counter)
{
	asked.flags = flags;
	asked.counter = counter;
}

static const struct sbi_pmu_device no_hooks = {.name = "no hooks"};
static struct sbi_pmu_device device = {
	.name = "all hooks",
	.fw_event_validate_encoding = dev_validate,
	.fw_counter_match_encoding = dev_match,
	.fw_counter_width = dev_answer,
	.fw_counter_read_value = dev_read,
	.fw_counter_write_value = dev_write,
	.fw_counter_start = dev_start,
	.fw_counter_stop = dev_stop,
	.hw_counter_enable_irq = dev_irq_enable,
	.hw_counter_disable_irq = dev_irq_disable,
	.hw_counter_irq_bit = dev_answer,
	.hw_counter_filter_mode = dev_filter,
};

/* -- Checks ---------------------------------------------------------------- */

unsigned int checks;

static bool was_asked(uint32_t hartid, uint32_t counter, uint64_t data)
{
	bool right = asked.hartid == hartid && asked.counter == counter &&
		     asked.data == data;

	sbi_memset(&asked, 0xff, sizeof(asked));
	return right;
}

static void test_before_setup(struct sbi_scratch *scratch)
{
	struct sbi_trap_regs regs = {.a0 = 0};
	struct sbi_ecall_return out = {.value = 77};

	check(pmu_this_hart() == NULL);
	check(sbi_pmu_ctr_incr_fw(SBI_PMU_FW_SET_TIMER) == 0);
	check(ecall_pmu.handle(PMU_EID, PMU_FID_NUM_COUNTERS, &regs, &out) ==
	      SBI_ENOTSUPP);
	check(out.value == 77);
	pmu_print_banner();
	sbi_pmu_exit(scratch);
	check(pmu_this_hart() == NULL);
}

static void test_no_memory(struct sbi_scratch *scratch)
{
	no_scratch = true;
	check(__real_sbi_pmu_init(scratch, true) == SBI_ENOMEM);
	no_scratch = false;
	no_heap = true;
	check(__real_sbi_pmu_init(scratch, true) == SBI_ENOMEM);
	check(pmu_this_hart() == NULL);
	no_heap = false;
}

/* The rows that were read before the error stay */
static void test_bad_map(struct sbi_scratch *scratch)
{
	bad_map = true;
	check(__real_sbi_pmu_init(scratch, true) == 0);
	bad_map = false;
	check(pmu_this_hart() != NULL);
	check(pmu_this_hart()->machine->std[0].counters != 0);
}

static void test_rows(void)
{
	const struct pmu_machine *m = pmu_this_hart()->machine;
	unsigned int left = PMU_RAW_ROWS - m->num_raw, i;
	uint32_t bus = m->std[PMU_HW_BUS_CYCLES - 1].counters;

	check(sbi_pmu_add_hw_event_counter_map(0, 0, 0xf8) == 0);
	check(sbi_pmu_add_hw_event_counter_map(8, 7, 0xf8) == 0);
	check(sbi_pmu_add_hw_event_counter_map(7, 0x100000, 0xf8) == 0);
	check(m->std[PMU_HW_BUS_CYCLES - 1].counters == bus);
	/* From 0 on, but not a row of zeroes */
	check(sbi_pmu_add_hw_event_counter_map(0, PMU_HW_BUS_CYCLES, 0x80) ==
	      0);
	check(m->std[PMU_HW_BUS_CYCLES - 1].counters == (bus | 0x80));
	/* No event can match */
	check(sbi_pmu_add_raw_event_counter_map(1, 2, 0) == 0);
	check(m->num_raw == PMU_RAW_ROWS - left);
	for (i = 0; i <= left; i++)
		check(sbi_pmu_add_raw_event_counter_map(~0ULL, ~0ULL, 0) == 0);
	check(m->num_raw == PMU_RAW_ROWS);
}

static void test_set_device(void)
{
	check(sbi_pmu_get_device() == NULL);
	sbi_pmu_set_device(NULL);
	check(sbi_pmu_get_device() == NULL);
	sbi_pmu_set_device(&no_hooks);
	sbi_pmu_set_device(&device);
	check(sbi_pmu_get_device() == &no_hooks);
}

static void test_no_hooks(struct sbi_scratch *scratch)
{
	env_device = &no_hooks;
	check(!env_dev_filters());
	env_dev_filter(3, 1);
	env_dev_irq_enable(3);
	env_dev_irq_disable(3);
	check(!env_fw_valid(1, 2));
	check(env_fw_width() == 64);
	check(sbi_pmu_irq_bit() == COMPAT_IRQ_NONE);
	check(sbi_pmu_irq_mask() == 0);
	check(__real_sbi_pmu_init(scratch, false) == 0);
	check(!pmu_this_hart()->has_interrupt);
}

static void test_hardware_hooks(struct sbi_scratch *scratch)
{
	env_device = &device;
	check(env_dev_filters());
	env_dev_filter(31, 0x1f8);
	check(asked.flags == 0x1f8 && asked.counter == 31);
	env_dev_irq_enable(5);
	check(asked.counter == 105);
	env_dev_irq_disable(6);
	check(asked.counter == 206);

	answer = compat_irq(18);
	check(sbi_pmu_irq_bit() == answer);
	check(sbi_pmu_irq_mask() == 1ul << 18);
	/* The event of SSE can be added only once, which is no error */
	check(__real_sbi_pmu_init(scratch, true) == 0);
	check(__real_sbi_pmu_init(scratch, true) == 0);
	check(pmu_this_hart()->has_interrupt);
	device.hw_counter_irq_bit = NULL;
	check(sbi_pmu_irq_mask() == 0);
	check(__real_sbi_pmu_init(scratch, false) == 0);
	check(pmu_this_hart()->has_interrupt);
}

static void test_firmware_hooks(void)
{
	answer = 0;
	check(env_fw_valid(1, 0xfeed00000002ULL));
	check(asked.hartid == 1 && asked.data == 0xfeed00000002ULL);
	check(env_fw_match(1, 3, 0xfeed00000004ULL));
	check(was_asked(1, 3, 0xfeed00000004ULL));
	check(env_fw_start(5, 6, 0xfeed00000007ULL));
	check(was_asked(5, 6, 0xfeed00000007ULL));
	env_fw_stop(8, 9);
	check(was_asked(8, 9, 0));
	check(env_fw_read(10, 11) == 0x123456789abcdefULL);
	check(was_asked(10, 11, 0));
	env_fw_write(12, 13, 0xfeed0000000eULL);
	check(was_asked(12, 13, 0xfeed0000000eULL));

	check(env_fw_width() == 64);
	answer = 48;
	check(env_fw_width() == 48);
	answer = 64;
	check(env_fw_width() == 64);
	answer = -1;
	check(env_fw_width() == 64);
	check(!env_fw_valid(1, 2));
	check(!env_fw_match(1, 2, 3));
	check(!env_fw_start(1, 2, 3));
}

/* Platform events take three hooks, and get along without the others */
static void test_missing_hooks(void)
{
	answer = 0;
	device.fw_counter_stop = NULL;
	device.fw_counter_read_value = NULL;
	device.fw_counter_match_encoding = NULL;
	check(env_fw_valid(1, 2));
	check(env_fw_match(1, 3, 4));
	sbi_memset(&asked, 0xff, sizeof(asked));
	env_fw_stop(1, 2);
	check(env_fw_read(1, 2) == 0);
	check(was_asked(~0u, ~0u, ~0ULL));
	device.fw_counter_write_value = NULL;
	check(!env_fw_valid(1, 2));
	device.fw_counter_start = NULL;
	check(!env_fw_valid(1, 2));
	device.fw_event_validate_encoding = NULL;
	check(!env_fw_valid(1, 2));
}

/* Before version 1.10 there was no mcounteren */
static void test_old_hart(struct sbi_scratch *scratch)
{
	csr_write(CSR_MCOUNTEREN, 0);
	old_hart = true;
	sbi_pmu_exit(scratch);
	check(csr_read(CSR_MCOUNTEREN) == 0);
	old_hart = false;
	sbi_pmu_exit(scratch);
	check(csr_read(CSR_MCOUNTEREN) != 0);
}

/* The word in front of the end is there, and the one behind is not */
static void test_end_of_memory(void)
{
	uint64_t value;
	uint32_t word;
	bool fit;

	check(env_load32(RAM_END - 4, &word));
	check(env_store32(RAM_END - 16, word));
	check(!env_load32(RAM_END, &word));
	check(env_load64(RAM_END - 8, &value));
	check(env_store32(RAM_END - 16, ~0u) &&
	      env_entries_fit(RAM_END - 16, 16, &fit) && !fit);
	check(env_store32(RAM_END - 16, 1) &&
	      env_entries_fit(RAM_END - 16, 16, &fit) && fit);
	check(!env_entries_fit(RAM_END - 16, 32, &fit));
	check(!env_store32(RAM_END, 0));
	check(!env_load64(RAM_END, &value));
	check(!env_store64(RAM_END, 0));
#if __riscv_xlen == 32
	check(!env_load64(RAM_END - 4, &value));
	check(!env_store64(RAM_END - 4, word));
#endif
}

static void test_banner(struct sbi_scratch *scratch)
{
	unsigned long options = scratch->options;

	pmu_print_banner();
	scratch->options |= SBI_SCRATCH_NO_BOOT_PRINTS;
	pmu_print_banner();
	scratch->options = options;
}

int __wrap_sbi_pmu_init(struct sbi_scratch *scratch, bool cold_boot)
{
	if (!cold_boot)
		return __real_sbi_pmu_init(scratch, cold_boot);
	check(sbi_pmu_irq_mask() == 0);
	test_before_setup(scratch);
	test_no_memory(scratch);
	test_bad_map(scratch);
	test_rows();
	test_set_device();
	test_no_hooks(scratch);
	test_hardware_hooks(scratch);
	test_banner(scratch);
	test_firmware_hooks();
	test_missing_hooks();
	test_old_hart(scratch);
	test_end_of_memory();
	test_trees(scratch);
	sbi_printf("glue test: %u checks hold\n", checks);
	env_device = NULL;
	return __real_sbi_pmu_init(scratch, true);
}
