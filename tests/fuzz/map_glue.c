// SPDX-License-Identifier: BSD-2-Clause
/* Our side of OpenSBI, with an OpenSBI that is just large enough for it */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "../../lib/sbi/sbi_pmu.c"
#include <sbi_utils/fdt/fdt_pmu.h>
#include "map.h"
#include "sim.h"

int (*glue_platform)(void);

static struct sbi_scratch scratch;
static struct pmu_hart only_hart;
static char console[16384];

bool misa_extension(char letter)
{
	return letter == 'H' && sim.desc->h;
}

struct sbi_scratch *sbi_scratch_thishart_ptr(void)
{
	return &scratch;
}

unsigned int current_hartid(void)
{
	return SIM_HARTID;
}

unsigned int sbi_hart_mhpm_mask(struct sbi_scratch *s)
{
	(void)s;
	return sim.desc->present & ~7u;
}

int sbi_hart_priv_version(struct sbi_scratch *s)
{
	(void)s;
	return sim.desc->no_inhibit ? SBI_HART_PRIV_VER_1_10
				    : SBI_HART_PRIV_VER_1_11;
}

bool sbi_hart_has_extension(struct sbi_scratch *s, int extension)
{
	(void)s;
	switch (extension) {
	case SBI_HART_EXT_SSCOFPMF:
		return sim.desc->sscofpmf;
	case SBI_HART_EXT_SMCNTRPMF:
		return sim.desc->smcntrpmf;
	default:
		return false;
	}
}

const struct sbi_platform *sbi_platform_ptr(struct sbi_scratch *s)
{
	(void)s;
	return NULL;
}

int sbi_platform_pmu_init(const struct sbi_platform *platform)
{
	int rc;

	(void)platform;
	if (glue_platform)
		return glue_platform();
	rc = fdt_pmu_setup((const void *)scratch.next_arg1);
	return rc == SBI_ENOENT ? 0 : rc;
}

int sbi_printf(const char *format, ...)
{
	size_t used = strlen(console);
	va_list args;
	int length;

	va_start(args, format);
	length =
		vsnprintf(console + used, sizeof(console) - used, format, args);
	va_end(args);
	return length;
}

const char *glue_console(void)
{
	return console;
}

int sbi_fls(unsigned long word)
{
	return 63 - __builtin_clzl(word);
}

int sbi_sse_add_event(uint32_t event, const struct sbi_sse_cb_ops *ops)
{
	(void)event;
	return ops ? 0 : SBI_EINVAL;
}

int sbi_sse_set_cb_ops(uint32_t event, const struct sbi_sse_cb_ops *ops)
{
	return sbi_sse_add_event(event, ops);
}

int sbi_sse_inject_event(uint32_t event)
{
	(void)event;
	return 0;
}

/* Instead of domain.c: one hart, one domain */

bool pmu_domain_init(void)
{
	return true;
}

struct pmu_hart *pmu_domain_boot(void)
{
	return &only_hart;
}

struct pmu_hart *pmu_this_hart(void)
{
	return &only_hart;
}

bool pmu_domain_enter(void)
{
	return false;
}

struct pmu_hart *glue_boot(void *fdt)
{
	console[0] = '\0';
	map_rows = raw_rows = 0;
	table = NULL;
	memset(&machine, 0, sizeof(machine));
	memset(&scratch, 0, sizeof(scratch));
	memset(&only_hart, 0, sizeof(only_hart));
	scratch.next_arg1 = (unsigned long)fdt;
	if (sbi_pmu_init(&scratch, true) != 0)
		return NULL;
	pmu_print_banner();
	return pmu_this_hart();
}
