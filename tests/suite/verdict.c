/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts, and how a case is run and ended. */
#include "suite_internal.h"

#define REASON_SIZE 200

static volatile bool failed;
static volatile bool skipped;
static char reason[REASON_SIZE];

static void case_end(void) __attribute__((noreturn));

static void case_end(void)
{
	struct context *ctx = this_hart()->abort;

	if (ctx)
		context_jump(ctx, 1);
	printf("Bail out! the framework itself failed\n");
	power_off(false);
}

static void unexpected(const struct trap_info *info)
{
	failed = true;
	printf("#   unexpected trap on hart %lu: %s, scause %#lx, sepc %#lx, stval %#lx\n",
	       this_hart()->hartid, trap_cause_name(info->cause), info->cause,
	       info->epc, info->tval);
}

enum verdict verdict_of(const struct suite_case *c)
{
	struct hart *hart = this_hart();
	struct context ctx;

	failed = false;
	skipped = false;
	trap_unexpected = unexpected;
	if (!context_save(&ctx)) {
		hart->abort = &ctx;
		skip_unless(
			!c->ours || ours(),
			"the specification leaves this open; it is asked of sbi-pmu only");
		c->run();
	}
	hart->abort = NULL;
	hart->probe = NULL;
	if (failed)
		return VERDICT_FAILED;
	return skipped ? VERDICT_SKIPPED : VERDICT_OK;
}

const char *skip_reason(void)
{
	return reason;
}

/* Ends a diagnostic line whose first half is printed: [what] */
static void print_what(const char *what, va_list args)
{
	printf(" [");
	vprintf(what, args);
	printf("]\n");
	failed = true;
}

#define FAIL_WHAT()                      \
	do {                             \
		va_list args_;           \
		va_start(args_, what);   \
		print_what(what, args_); \
		va_end(args_);           \
	} while (0)

/* The checks print the first half of the line when they do not hold. */

static bool holds(bool cond)
{
	if (!cond)
		printf("#   does not hold");
	return cond;
}

static bool holds_eq(uint64_t received, uint64_t expected)
{
	if (received == expected)
		return true;
	printf("#   expected %llu (%#llx), received %llu (%#llx)",
	       (unsigned long long)expected, (unsigned long long)expected,
	       (unsigned long long)received, (unsigned long long)received);
	return false;
}

static bool holds_ne(uint64_t received, uint64_t other)
{
	if (received != other)
		return true;
	printf("#   expected another value than %llu (%#llx)",
	       (unsigned long long)other, (unsigned long long)other);
	return false;
}

static bool holds_between(uint64_t received, uint64_t low, uint64_t high)
{
	if (low <= received && received <= high)
		return true;
	printf("#   expected %llu to %llu, received %llu (%#llx)",
	       (unsigned long long)low, (unsigned long long)high,
	       (unsigned long long)received, (unsigned long long)received);
	return false;
}

static bool holds_error(struct sbiret ret, long error)
{
	if (ret.error == error)
		return true;
	printf("#   expected error %ld (%s), received %ld (%s), value %#lx",
	       error, sbi_error_name(error), ret.error,
	       sbi_error_name(ret.error), ret.value);
	return false;
}

static bool holds_value(struct sbiret ret, unsigned long value)
{
	if (!holds_error(ret, PMU_OK))
		return false;
	if (ret.value == value)
		return true;
	printf("#   expected value %#lx, received %#lx", value, ret.value);
	return false;
}

static bool holds_refused(struct sbiret ret, long error)
{
	if (!holds_error(ret, error))
		return false;
	if (!ret.value || !ours() || error == PMU_OK)
		return true;
	printf("#   expected value 0 with error %ld (%s), received value %#lx",
	       error, sbi_error_name(error), ret.value);
	return false;
}

static bool in_codes(long error, unsigned int codes)
{
	return error <= 0 && error > -32 && (codes & CODE(error));
}

static bool holds_legal(struct sbiret ret, long error, unsigned int also)
{
	return (!ours() && in_codes(ret.error, also)) ||
	       holds_refused(ret, error);
}

#define EXPECT(name, check, params)  \
	bool name params             \
	{                            \
		if (check)           \
			return true; \
		FAIL_WHAT();         \
		return false;        \
	}

#define REQUIRE(name, check, params) \
	void name params             \
	{                            \
		if (check)           \
			return;      \
		FAIL_WHAT();         \
		case_end();          \
	}

EXPECT(expect, holds(cond), (bool cond, const char *what, ...))
REQUIRE(require, holds(cond), (bool cond, const char *what, ...))
EXPECT(expect_eq, holds_eq(received, expected),
       (uint64_t received, uint64_t expected, const char *what, ...))
REQUIRE(require_eq, holds_eq(received, expected),
	(uint64_t received, uint64_t expected, const char *what, ...))
EXPECT(expect_ne, holds_ne(received, other),
       (uint64_t received, uint64_t other, const char *what, ...))
EXPECT(expect_between, holds_between(received, low, high),
       (uint64_t received, uint64_t low, uint64_t high, const char *what, ...))
EXPECT(expect_ok, holds_error(ret, PMU_OK),
       (struct sbiret ret, const char *what, ...))
REQUIRE(require_ok, holds_error(ret, PMU_OK),
	(struct sbiret ret, const char *what, ...))
EXPECT(expect_value, holds_value(ret, value),
       (struct sbiret ret, unsigned long value, const char *what, ...))
REQUIRE(require_value, holds_value(ret, value),
	(struct sbiret ret, unsigned long value, const char *what, ...))
EXPECT(expect_error, holds_error(ret, error),
       (struct sbiret ret, long error, const char *what, ...))
REQUIRE(require_error, holds_error(ret, error),
	(struct sbiret ret, long error, const char *what, ...))
EXPECT(expect_refused, holds_refused(ret, error),
       (struct sbiret ret, long error, const char *what, ...))
EXPECT(expect_legal, holds_legal(ret, error, also),
       (struct sbiret ret, long error, unsigned int also, const char *what,
	...))

void fail(const char *what, ...)
{
	printf("#   failed");
	FAIL_WHAT();
	case_end();
}

void note(const char *text, ...)
{
	va_list args;

	va_start(args, text);
	printf("#   ");
	vprintf(text, args);
	printf("\n");
	va_end(args);
}

static void put_reason(char c, void *to)
{
	size_t *length = to;

	if (*length < REASON_SIZE - 1)
		reason[(*length)++] = c;
}

static void skip_with(const char *text, va_list args)
{
	size_t length = 0;

	format(put_reason, &length, text, args);
	reason[length] = 0;
	skipped = true;
	case_end();
}

void skip(const char *text, ...)
{
	va_list args;

	va_start(args, text);
	skip_with(text, args);
	__builtin_unreachable();
}

void skip_unless(bool cond, const char *text, ...)
{
	va_list args;

	if (cond)
		return;
	va_start(args, text);
	skip_with(text, args);
	va_end(args);
}

void need_spec(unsigned int major, unsigned int minor)
{
	const unsigned long wanted = (unsigned long)major << 24 | minor;

	skip_unless(facts.spec_version >= wanted,
		    "came with SBI %u.%u, this firmware implements %lu.%lu",
		    major, minor, facts.spec_version >> 24,
		    facts.spec_version & 0xffffff);
}

void need_hpms(unsigned int count)
{
	skip_unless(facts.hpms >= count,
		    "needs %u programmable counters, this hart has %u", count,
		    facts.hpms);
}

void need_fws(unsigned int count)
{
	skip_unless(facts.fws >= count,
		    "needs %u firmware counters, there are %u", count,
		    facts.fws);
}

void need_harts(unsigned int count)
{
	skip_unless(facts.harts >= count, "needs %u harts, there are %u", count,
		    facts.harts);
}

void need_mode(enum mode mode)
{
	skip_unless(mode_available(mode), "this hart has no %s mode",
		    mode_name(mode));
}

void need_exact(void)
{
	skip_unless(facts.exact,
		    "instret of this machine is not an exact count");
}

/*
 * QEMU 10.0 keeps what was left of a counter's way to an overflow beyond 2^63,
 * and spends it on the next overflow of that counter, which is then lost. So
 * each counter that a case may get overflows once beforehand. The case claims
 * it anew, so a firmware that loses the first overflow after CONFIG still
 * fails.
 */
static void overflow_once(unsigned int index)
{
	if (pmu_config(index, 1, 0, PMU_HW_INSTRUCTIONS, 0).error)
		return;
	pmu_start_at(index, 0 - (uint64_t)100);
	wait_until(({
			   work_insns(1000);
			   csr_read(CSR_SIP) >> IRQ_LCOFI & 1;
		   }),
		   facts.exact ? 1 : 20);
	pmu_stop_one(index);
	/* Before RESET, which leaves the cause of a pending interrupt alone */
	csr_clear(CSR_SIP, 1UL << IRQ_LCOFI);
	pmu_reset(index);
}

void need_lcofi(void)
{
	skip_unless(facts.sscofpmf, "this hart has no Sscofpmf");
	skip_unless(
		facts.lcofi,
		"sie bit 13 cannot be set, the overflow interrupt never arrives");
	for (unsigned int i = 0; i < facts.hpms; i++)
		overflow_once(facts.hpm[i]);
}
