// SPDX-License-Identifier: BSD-2-Clause
/*
 * Hostile arguments of EVENT_GET_INFO and SET_SHMEM, which take memory. What
 * kills firmware stands in cases of its own, here and in hostile.c.
 */

#include "hostile.h"

#define OUTPUT 0xdeadbeefu

/* A good table of one entry, in the middle of a page of canaries */
static struct pmu_event_info *good_table(struct hostile *h)
{
	uint8_t *page = fenced_page();
	struct pmu_event_info *table =
		(struct pmu_event_info *)(page + PAGE_SIZE / 2);

	skip_unless(facts.event_info, "no EVENT_GET_INFO");
	memset(page, CANARY, PAGE_SIZE);
	*table = (struct pmu_event_info){PMU_HW_CPU_CYCLES, OUTPUT, 0};
	*h = (struct hostile){"EVENT_GET_INFO",
			      PMU_FID_EVENT_INFO,
			      {(unsigned long)table, 0, 1, 0, 0, 0},
			      4};
	return table;
}

static void expect_table(const struct pmu_event_info *table, const char *what)
{
	const uint8_t *at = (const uint8_t *)table;
	const uint8_t *page = at - PAGE_SIZE / 2;

	expect_canary(page, 0, PAGE_SIZE / 2, what);
	expect_eq(table->event_idx, PMU_HW_CPU_CYCLES, "event_idx, %s", what);
	expect_eq(table->output, OUTPUT, "output, %s", what);
	expect_eq(table->event_data, 0, "event_data, %s", what);
	expect_canary(page, PAGE_SIZE / 2 + sizeof(*table), PAGE_SIZE, what);
	expect_fences(page, what);
}

static void good_page(struct hostile *h)
{
	uint8_t *page = fenced_page();

	memset(page, CANARY, PAGE_SIZE);
	*h = (struct hostile){"SET_SHMEM",
			      PMU_FID_SET_SHMEM,
			      {(unsigned long)page, 0, 0, 0, 0, 0},
			      3};
}

static void expect_page(const struct hostile *good, const char *what)
{
	const uint8_t *page = (const uint8_t *)good->args[0];

	expect_canary(page, 0, PAGE_SIZE, what);
	expect_fences(page, what);
}

CASE(hostile, event_info_misaligned,
     "EVENT_GET_INFO refuses every address that is not a multiple of 16.")
{
	struct hostile h, bad;
	struct pmu_event_info *table;
	unsigned int by;

	hostile_begin();
	table = good_table(&h);
	bad = h;
	for (by = 1; by < 16; by++) {
		bad.args[0] = h.args[0] + by;
		expect_error(hostile_call(&bad), PMU_ERR_INVALID_PARAM,
			     "a table %u bytes off", by);
		bad.args[0] = h.args[0] - by;
		expect_error(hostile_call(&bad), PMU_ERR_INVALID_PARAM,
			     "a table %u bytes off, downwards", by);
		/* Far from memory, and around the end of addresses, too */
		bad.args[0] = 0UL - by;
		expect_error(hostile_call(&bad), PMU_ERR_INVALID_PARAM,
			     "a table %u bytes below the end of addresses", by);
	}
	expect_table(table, "no call was good");
	hostile_end();
}

CASE(hostile, event_info_high_part,
     "EVENT_GET_INFO refuses an address with any bit of its upper part set.")
{
	struct hostile h, bad;
	struct pmu_event_info *table;
	unsigned int bit;

	hostile_begin();
	table = good_table(&h);
	bad = h;
	for (bit = 0; bit < XLEN; bit++) {
		bad.args[1] = 1UL << bit;
		/* Some RV32 machines have memory above 4 GiB */
		expect_bad_address(hostile_call(&bad), "a high address");
	}
	bad.args[1] = ~0UL;
	expect_bad_address(hostile_call(&bad), "all ones as upper part");
	expect_table(table, "no call was good");
	hostile_end();
}

CASE(hostile, event_info_flag_bits,
     "EVENT_GET_INFO refuses every flag, however good or bad the table.")
{
	struct hostile h, bad;
	struct pmu_event_info *table;
	const unsigned long entries[] = {0, 1, 2, ~0UL / 16 + 1, ~0UL};
	unsigned int bit, i;

	hostile_begin();
	table = good_table(&h);
	bad = h;
	for (i = 0; i < ARRAY_SIZE(entries); i++) {
		bad.args[2] = entries[i];
		for (bit = 0; bit < XLEN; bit++) {
			struct sbiret ret;

			bad.args[3] = 1UL << bit;
			ret = hostile_call(&bad);
			/* Of two errors either may be told */
			if (entries[i] < 3)
				expect_error(ret, PMU_ERR_INVALID_PARAM,
					     "flag bit %u", bit);
		}
	}
	expect_table(table, "no call was good");
	hostile_end();
}

/* A table at an address that S-mode itself cannot load from */
static void refuse_unbacked(uint64_t address, const char *what)
{
	struct hostile h;
	unsigned long value;

	good_table(&h);
	h.args[0] = (unsigned long)address;
	skip_unless(h.args[0] == address, "there is no such address");
	skip_unless(!probe_load(h.args[0], 4, &value, 0),
		    "there is something at address %#lx", h.args[0]);
	hostile_begin();
	expect_bad_address(hostile_call(&h), what);
	hostile_end();
}

CASE(hostile, event_info_zero, "EVENT_GET_INFO refuses address 0.")
{
	refuse_unbacked(0, "a table at address 0");
}

CASE(hostile, event_info_top,
     "EVENT_GET_INFO refuses the last 16 bytes of all addresses.")
{
	refuse_unbacked(~0xfUL, "a table at the end of all addresses");
}

CASE(hostile, event_info_below_ram,
     "EVENT_GET_INFO refuses a table that ends where memory begins.")
{
	struct range memory;

	skip_unless(dt_memory(0, &memory) && memory.base >= 16,
		    "the device tree does not say where memory begins");
	refuse_unbacked(memory.base - 16, "a table just below memory");
}

CASE(hostile, event_info_last_bytes,
     "EVENT_GET_INFO takes a table in the last 16 bytes of memory.")
{
	struct hostile h;
	struct pmu_event_info *last;
	uint64_t end = ram_end();

	good_table(&h);
	last = (struct pmu_event_info *)(uintptr_t)(end - 16);
	skip_unless(end != 0 && (uint64_t)(uintptr_t)last == end - 16 &&
			    (uintptr_t)free_page_at_end() == end - PAGE_SIZE,
		    "the last page of memory is in use");
	memset((void *)(uintptr_t)(end - PAGE_SIZE), CANARY, PAGE_SIZE);
	*last = (struct pmu_event_info){PMU_HW_NO_EVENT, OUTPUT, 0};
	h.args[0] = (unsigned long)last;
	hostile_begin();
	expect_ok(hostile_call(&h), "the last entry of memory");
	expect_between(last->output, 0, 1, "the answer for no event");
	expect_canary((uint8_t *)last - (PAGE_SIZE - 16), 0, PAGE_SIZE - 16,
		      "before the last entry");
	hostile_end();
}

/* What a device shows of itself without side effects; 0 where it does not */
static unsigned long uart_state(const struct range *uart)
{
	static const unsigned int offsets[] = {1, 3, 4, 7};
	unsigned long state = 0, value;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		value = 0;
		if (!probe_load((uintptr_t)uart->base + offsets[i], 1, &value,
				0))
			return 0;
		state = state << 8 | value;
	}
	return state;
}

static const char *const uarts[] = {"ns16550a", "ns16550"};
static const char *const timers[] = {"sifive,clint0", "riscv,clint0",
				     "riscv,aclint-mtimer"};
static const char *const plics[] = {"sifive,plic-1.0.0", "riscv,plic0"};

/*
 * Whether the registers of a device may be a table is left open; what S-mode
 * cannot reach must be refused, and what is refused must not be touched.
 */
static void check_device(const char *const names[], unsigned int count,
			 unsigned long fid)
{
	struct range device = {0, 0};
	unsigned long value, before;
	struct sbiret ret;
	struct hostile h;
	unsigned int i;

	for (i = 0; i < count && !dt_compatible_reg(names[i], &device); i++)
		;
	skip_unless(device.base && (unsigned long)device.base == device.base,
		    "the device tree has no such device");
	skip_unless(fid != PMU_FID_SET_SHMEM || facts.snapshot,
		    "this firmware has no snapshots");
	if (fid == PMU_FID_SET_SHMEM)
		good_page(&h);
	else
		good_table(&h);
	h.args[0] = (unsigned long)device.base;
	hostile_begin();
	before = uart_state(&device);
	ret = hostile_call(&h);
	if (!probe_load(h.args[0], 4, &value, 0))
		expect_bad_address(ret, "a device that S-mode cannot reach");
	/* Entries without event_data are words, and a PLIC takes words */
	if (ours() && (names != plics || fid == PMU_FID_SET_SHMEM))
		expect_bad_address(ret, "a device");
	if (ret.error)
		expect_eq(uart_state(&device), before,
			  "registers of the device");
	hostile_end();
}

CASE(hostile, event_info_uart,
     "EVENT_GET_INFO with a table in the UART leaves the UART alone.")
{
	check_device(uarts, ARRAY_SIZE(uarts), PMU_FID_EVENT_INFO);
}

CASE(hostile, event_info_timer,
     "EVENT_GET_INFO with a table in the machine timer refuses it.")
{
	check_device(timers, ARRAY_SIZE(timers), PMU_FID_EVENT_INFO);
}

CASE(hostile, event_info_plic,
     "EVENT_GET_INFO with a table in the interrupt controller survives.")
{
	check_device(plics, ARRAY_SIZE(plics), PMU_FID_EVENT_INFO);
}

CASE(hostile, set_shmem_uart,
     "SET_SHMEM with the registers of the UART leaves the UART alone.")
{
	check_device(uarts, ARRAY_SIZE(uarts), PMU_FID_SET_SHMEM);
}

CASE(hostile, set_shmem_timer,
     "SET_SHMEM with the registers of the machine timer refuses them.")
{
	check_device(timers, ARRAY_SIZE(timers), PMU_FID_SET_SHMEM);
}

CASE(hostile, set_shmem_plic,
     "SET_SHMEM with the registers of the interrupt controller survives.")
{
	check_device(plics, ARRAY_SIZE(plics), PMU_FID_SET_SHMEM);
}

CASE(hostile, set_shmem_address,
     "SET_SHMEM refuses every address that is not that of a page.")
{
	struct hostile h, bad;
	unsigned int bit;

	hostile_begin();
	good_page(&h);
	bad = h;
	for (bit = 0; bit < 12; bit++) {
		bad.args[0] = h.args[0] + (1UL << bit);
		hostile_call(&bad);
		bad.args[0] = h.args[0] - (1UL << bit);
		hostile_call(&bad);
		bad.args[0] = 0UL - (1UL << bit);
		hostile_call(&bad);
	}
	expect_page(&h, "no call was good");
	hostile_end();
}

/* No page is at these addresses, S-mode itself cannot load from them */
CASE(hostile, set_shmem_unbacked,
     "SET_SHMEM refuses pages that no memory answers.")
{
	const uint64_t addresses[] = {0,
				      1ULL << 32,
				      1ULL << 38,
				      1UL << (XLEN - 1),
				      ~0UL & ~(PAGE_SIZE - 1),
				      ram_end()};
	struct hostile h, bad;
	unsigned long value;
	unsigned int i;

	skip_unless(facts.snapshot, "this firmware has no snapshots");
	hostile_begin();
	good_page(&h);
	bad = h;
	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		bad.args[0] = (unsigned long)addresses[i];
		if (bad.args[0] != addresses[i] ||
		    probe_load(bad.args[0], 4, &value, 0))
			continue;
		expect_bad_address(hostile_call(&bad), "a page without memory");
	}
	bad.args[0] = h.args[0];
	for (i = 0; i < XLEN; i++) {
		bad.args[1] = 1UL << i;
		expect_bad_address(hostile_call(&bad), "a high address");
	}
	expect_page(&h, "no call was good");
	hostile_end();
}

CASE(hostile, set_shmem_flags, "SET_SHMEM takes no flag, with any address.")
{
	struct hostile h;

	hostile_begin();
	good_page(&h);
	hostile_bits(&h, 2);
	h.args[0] = h.args[1] = ~0UL;
	hostile_bits(&h, 2);
	hostile_end();
}

/* Upper part and number of entries: with the flag set no table is looked at */
CASE(hostile, memory_pairs,
     "EVENT_GET_INFO and SET_SHMEM refuse any two bad arguments.")
{
	const unsigned long values[] = {1, ~0UL, 1UL << (XLEN - 1), 0x80000000u,
					~0UL / 16 + 1};
	struct hostile h, page, bad;
	struct pmu_event_info *table;
	unsigned int i, n, arg;

	hostile_begin();
	table = good_table(&h);
	good_page(&page);
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		for (n = 0; n < ARRAY_SIZE(values); n++) {
			for (arg = 0; arg < 3; arg++) {
				bad = h;
				bad.args[arg] = values[i];
				bad.args[3] = values[n];
				expect_ne((uint64_t)hostile_call(&bad).error, 0,
					  "error with a flag set");
			}
			bad = h;
			bad.args[0] += 8;
			bad.args[1] = values[i];
			bad.args[2] = values[n];
			expect_ne((uint64_t)hostile_call(&bad).error, 0,
				  "error of a table 8 bytes off");
			bad = page;
			bad.args[1] = values[i];
			bad.args[2] = values[n];
			expect_ne((uint64_t)hostile_call(&bad).error, 0,
				  "error of SET_SHMEM");
		}
	}
	expect_table(table, "no call was good");
	expect_page(&page, "no call was good");
	hostile_end();
}
