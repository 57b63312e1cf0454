// SPDX-License-Identifier: BSD-2-Clause
/* CONFIG_MATCHING: events that nothing counts, and those that are reserved */

#include "counters.h"

/*
 * Ask every way there is; the answer must be the same. The error table has
 * INVALID_PARAM for bad sets and flags only, so an event that no counter can
 * count is NOT_SUPPORTED.
 */
static void expect_error_of(unsigned long event, uint64_t data,
			    unsigned int also, const char *what)
{
	unsigned long base;

	for (base = 0; base < facts.num; base += XLEN) {
		struct set set = set_from(base);

		if (!set.mask)
			continue;
		expect_legal(pmu_config(set.base, set.mask, 0, event, data),
			     PMU_ERR_NOT_SUPPORTED, also,
			     "CONFIG of %s, event %#lx data %#llx", what, event,
			     (unsigned long long)data);
	}
}

static void expect_unknown(unsigned long event, uint64_t data, const char *what)
{
	expect_error_of(event, data, 0, what);
}

/* What is no event_idx at all may be called an invalid parameter as well */
static void expect_malformed(unsigned long event, uint64_t data,
			     const char *what)
{
	expect_error_of(event, data, CODE(PMU_ERR_INVALID_PARAM), what);
}

/*
 * The same with SKIP_MATCH of each counter, and nothing is started by it. Other
 * firmware may refuse a counter for not having been configured before.
 */
static void expect_unknown_skip(unsigned long event, uint64_t data,
				const char *what)
{
	const unsigned long flags =
		PMU_CFG_SKIP_MATCH | PMU_CFG_CLEAR_VALUE | PMU_CFG_AUTO_START;
	unsigned int i;

	for (i = 0; i < facts.num; i++) {
		struct sbiret ret;

		if (!facts.counter[i].exists)
			continue;
		ret = pmu_config(i, 1, flags, event, data);
		if (!expect_legal(ret, PMU_ERR_NOT_SUPPORTED,
				  CODE(PMU_ERR_INVALID_PARAM),
				  "CONFIG with SKIP_MATCH of %s, event %#lx "
				  "data %#llx, counter %u",
				  what, event, (unsigned long long)data, i))
			pmu_reset(i);
	}
}

typedef void (*check_fn)(unsigned long event, uint64_t data, const char *what);

static void check_general(check_fn check)
{
	check(PMU_HW_EVENTS + 1, 0, "a general event without meaning");
	check(PMU_HW_EVENTS + 2, 0, "a general event without meaning");
	check(0x40, 0, "a general event without meaning");
	check(0xff, 0, "a general event without meaning");
	check(0x101, 0, "a general event without meaning");
	check(0x1234, 0, "a general event without meaning");
	check(0xffff, 0, "a general event without meaning");
}

static void check_cache(check_fn check)
{
	unsigned int cache, result;

	for (cache = 0; cache < PMU_CACHE_IDS; cache++) {
		for (result = 0; result < PMU_CACHE_RESULTS; result++)
			check(PMU_CACHE(cache, PMU_CACHE_OPS, result), 0,
			      "a cache operation without meaning");
	}
	check(PMU_CACHE(PMU_CACHE_IDS, 0, 0), 0, "a cache without meaning");
	check(PMU_CACHE(PMU_CACHE_IDS, 0, 1), 0, "a cache without meaning");
	check(PMU_CACHE(PMU_CACHE_DTLB + 8, 0, 1), 0,
	      "a cache without meaning");
	check(PMU_CACHE(PMU_CACHE_DTLB + 256, 0, 1), 0,
	      "a cache without meaning");
	check(PMU_EVENT(PMU_TYPE_CACHE, 0xffff), 0, "a cache without meaning");
}

static void check_raw(check_fn check)
{
	unsigned int bit;

	check(PMU_RAW_EVENT + 1, 1, "a raw event with a code");
	check(PMU_RAW_EVENT + 0xffff, 1, "a raw event with a code");
	check(PMU_RAW_V2_EVENT + 1, 1, "a raw event v2 with a code");
	check(PMU_RAW_V2_EVENT + 0xffff, 1, "a raw event v2 with a code");
	for (bit = PMU_RAW_BITS; bit < 64; bit++)
		check(PMU_RAW_EVENT, 1ULL << bit | 1,
		      "a raw event of more than 48 bits");
	for (bit = PMU_RAW_V2_BITS; bit < 64; bit++)
		check(PMU_RAW_V2_EVENT, 1ULL << bit | 1,
		      "a raw event v2 of more than 56 bits");
}

static void check_types(check_fn check)
{
	unsigned int type;

	for (type = PMU_TYPE_RAW_V2 + 1; type < PMU_TYPE_FW; type++) {
		check(PMU_EVENT(type, 0), 0, "a type without meaning");
		check(PMU_EVENT(type, 1), 0, "a type without meaning");
		check(PMU_EVENT(type, 5), 0, "a type without meaning");
	}
}

static void check_wide(check_fn check)
{
	unsigned int bit;

	for (bit = 20; bit < XLEN; bit++) {
		check(PMU_HW_CPU_CYCLES | 1UL << bit, 0,
		      "an event_idx of more than 20 bits");
		check(PMU_HW_INSTRUCTIONS | 1UL << bit, 0,
		      "an event_idx of more than 20 bits");
		check(PMU_FW(PMU_FW_SET_TIMER) | 1UL << bit, 0,
		      "an event_idx of more than 20 bits");
	}
}

static void check_data(check_fn check)
{
	static const uint64_t data[] = {1, 1ULL << 31, 1ULL << 32, 1ULL << 63,
					~0ULL};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(data); i++) {
		check(PMU_HW_CPU_CYCLES, data[i],
		      "a general event with event_data");
		check(PMU_HW_INSTRUCTIONS, data[i],
		      "a general event with event_data");
		check(PMU_CACHE(PMU_CACHE_DTLB, 0, 1), data[i],
		      "a cache event with event_data");
		check(PMU_FW(PMU_FW_SET_TIMER), data[i],
		      "a firmware event with event_data");
	}
}

static void check_firmware(check_fn check)
{
	unsigned int code;

	for (code = PMU_FW_EVENTS; code < 256; code++)
		check(PMU_FW(code), 0, "a reserved firmware event");
}

CASE(config, no_event, "CONFIG refuses event_idx 0, which is no event.")
{
	expect_malformed(PMU_HW_NO_EVENT, 0, "NO_EVENT");
}

CASE(config, general_events, "CONFIG knows general events 1 to 10 only.")
{
	check_general(expect_unknown);
}

CASE(config, cache_events, "CONFIG knows the 42 cache events only.")
{
	check_cache(expect_unknown);
}

CASE_OURS(
	config, raw_events,
	"CONFIG refuses raw events with a code, or with too many bits of data.")
{
	check_raw(expect_unknown);
}

CASE(config, event_types, "CONFIG refuses the event types 4 to 14.")
{
	check_types(expect_unknown);
}

CASE(config, event_bits, "CONFIG refuses an event_idx beyond 20 bits.")
{
	check_wide(expect_malformed);
}

CASE_OURS(config, event_data,
	  "CONFIG refuses event_data where it is reserved for future use.")
{
	check_data(expect_unknown);
}

CASE(config, firmware_events, "CONFIG refuses firmware events 22 to 255.")
{
	check_firmware(expect_unknown);
}

CASE_OURS(config, firmware_events_known,
	  "CONFIG knows all of the firmware events 0 to 21.")
{
	unsigned int code;

	need_fws(1);
	for (code = 0; code < PMU_FW_EVENTS; code++) {
		struct sbiret ret =
			pmu_config(facts.fw[0], 1, 0, PMU_FW(code), 0);

		expect_value(ret, facts.fw[0], "CONFIG of firmware event %u",
			     code);
		pmu_reset(facts.fw[0]);
	}
}

/* Events that some firmware may define for itself or for its platform */
static void check_own(unsigned int code, uint64_t data)
{
	struct sbiret ret = config_any(0, PMU_FW(code), data);

	if (ret.error) {
		expect_refused(ret, PMU_ERR_NOT_SUPPORTED,
			       "CONFIG of firmware event %u, data %#llx", code,
			       (unsigned long long)data);
		return;
	}
	note("firmware event %u is known", code);
	expect(ret.value < facts.num && facts.counter[ret.value].fw,
	       "firmware event %u got counter %lu, a firmware counter", code,
	       ret.value);
	pmu_reset(ret.value);
}

CASE(config, firmware_events_own,
     "Firmware events 256 to 65534 are NOT_SUPPORTED unless a firmware has them.")
{
	static const unsigned int codes[] = {256,    257,    512,    0x1234,
					     0x7fff, 0x8000, 0xff00, 65534};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(codes); i++)
		check_own(codes[i], 0);
}

CASE(config, firmware_events_platform,
     "Firmware event 65535 is NOT_SUPPORTED unless the platform has events.")
{
	static const uint64_t data[] = {0, 1, 1ULL << 32, 1ULL << 63, ~0ULL};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(data); i++)
		check_own(PMU_FW_PLATFORM_CODE, data[i]);
}

CASE(skip_match, no_event,
     "SKIP_MATCH does not make event_idx 0 an event, for any counter.")
{
	expect_unknown_skip(PMU_HW_NO_EVENT, 0, "NO_EVENT");
}

CASE(skip_match, unknown_hardware,
     "SKIP_MATCH skips the search, not the check of a hardware event.")
{
	check_general(expect_unknown_skip);
	check_cache(expect_unknown_skip);
	if (ours())
		check_raw(expect_unknown_skip);
}

CASE(skip_match, unknown_other,
     "SKIP_MATCH skips the search, not the check of type and bits.")
{
	check_types(expect_unknown_skip);
	check_wide(expect_unknown_skip);
}

CASE_OURS(skip_match, event_data,
	  "SKIP_MATCH skips the search, not the check of event_data.")
{
	check_data(expect_unknown_skip);
}

CASE(skip_match, unknown_firmware,
     "SKIP_MATCH skips the search, not the check of a firmware event.")
{
	check_firmware(expect_unknown_skip);
}
