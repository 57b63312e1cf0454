// SPDX-License-Identifier: BSD-2-Clause
/*
 * The PMU's side of OpenSBI: set-up of each hart, the event map, and the
 * overflow interrupt as a supervisor software event.
 */

#include "pmu/compat.h"
#include <sbi/sbi_bitops.h>
#include <sbi/sbi_console.h>
#include <sbi/sbi_error.h>
#include <sbi/sbi_platform.h>
#include <sbi/sbi_scratch.h>
#include "pmu/glue.h"
#include "pmu/bits.h"
#include "pmu/node.h"
#include "pmu/options.h"
#include "pmu/tables.h"

const struct sbi_pmu_device *env_device;

static struct pmu_machine machine;

/* The table that the event map is from, or NULL */
static const char *table;

/* -- The event map, from platform code ------------------------------------ */

/*
 * A bad row is dropped, and is no error: the caller would drop the good rows
 * after it as well. Rows come in the order in which they are in the device
 * tree, so the number of a call is that of its row.
 */
static unsigned int map_rows, raw_rows;

int sbi_pmu_add_hw_event_counter_map(u32 eidx_start, u32 eidx_end, u32 cmap)
{
	map_rows++;
	/* Some device trees end in rows of zeroes */
	if (!eidx_start && !eidx_end)
		return 0;
	if (!pmu_map_add(&machine, eidx_start, eidx_end, cmap))
		sbi_printf("sbi-pmu: %s, row %u: ignored, 0x%x to 0x%x is no "
			   "range of events\n",
			   PMU_NODE_COUNTERS, map_rows, eidx_start, eidx_end);
	return 0;
}

int sbi_pmu_add_raw_event_counter_map(uint64_t select, uint64_t select_mask,
				      u32 cmap)
{
	raw_rows++;
	if (select & ~select_mask)
		sbi_printf("sbi-pmu: %s, row %u: ignored, select has bits that "
			   "the mask does not have\n",
			   PMU_NODE_RAW, raw_rows);
	else if (!pmu_map_add_raw(&machine, select, select_mask, cmap))
		sbi_printf("sbi-pmu: %s, row %u: ignored, there are %d already"
			   "\n",
			   PMU_NODE_RAW, raw_rows, PMU_RAW_ROWS);
	return 0;
}

/* -- The overflow interrupt ----------------------------------------------- */

int sbi_pmu_irq_bit(void)
{
	if (sbi_hart_has_extension(sbi_scratch_thishart_ptr(),
				   SBI_HART_EXT_SSCOFPMF))
		return compat_irq(IRQ_PMU_OVF);
	if (env_device && env_device->hw_counter_irq_bit)
		return env_device->hw_counter_irq_bit();
	return COMPAT_IRQ_NONE;
}

unsigned long sbi_pmu_irq_mask(void)
{
	return compat_irq_mask(sbi_pmu_irq_bit());
}

/*
 * The supervisor asked for overflows as a software event. It cannot clear the
 * pending bit, which is not delegated then: that is done here, when the event
 * is sent, so that an overflow of another counter pends anew. While the event
 * cannot be sent the bit stays, and the event is sent when it is enabled.
 */
void sbi_pmu_ovf_irq(void)
{
	/* That of another domain waits until this one leaves the hart */
	if (pmu_domain_enter())
		return;
	csr_clear(CSR_MIE, sbi_pmu_irq_mask());
	if (sbi_sse_inject_event(COMPAT_SSE_PMU_OVERFLOW) == 0)
		csr_clear(CSR_MIP, sbi_pmu_irq_mask());
}

static void sse_enable(uint32_t event_id)
{
	pmu_domain_enter();
	/* A hart that stopped and started is delegated the interrupt again */
	csr_clear(CSR_MIDELEG, sbi_pmu_irq_mask());
	csr_set(CSR_MIE, sbi_pmu_irq_mask());
}

static void sse_disable(uint32_t event_id)
{
	pmu_domain_enter();
	csr_clear(CSR_MIE, sbi_pmu_irq_mask());
}

static void sse_register(uint32_t event_id)
{
	pmu_domain_enter();
	csr_clear(CSR_MIDELEG, sbi_pmu_irq_mask());
}

static void sse_unregister(uint32_t event_id)
{
	pmu_domain_enter();
	csr_set(CSR_MIDELEG, sbi_pmu_irq_mask());
}

static const struct sbi_sse_cb_ops sse_ops = {
	.register_cb = sse_register,
	.unregister_cb = sse_unregister,
	.enable_cb = sse_enable,
	.disable_cb = sse_disable,
	.complete_cb = sse_enable,
};

/* -- Set-up --------------------------------------------------------------- */

const struct sbi_pmu_device *sbi_pmu_get_device(void)
{
	return env_device;
}

void sbi_pmu_set_device(const struct sbi_pmu_device *dev)
{
	if (dev && !env_device)
		env_device = dev;
}

static int init_machine(struct sbi_scratch *scratch)
{
	uint32_t hpm = sbi_hart_mhpm_mask(scratch);
	void *fdt = (void *)scratch->next_arg1;
	int rc;

	if (!pmu_domain_init())
		return SBI_ENOMEM;

	pmu_node_mend(fdt);
	rc = sbi_platform_pmu_init(sbi_platform_ptr(scratch));
	if (rc)
		sbi_printf("sbi-pmu: the platform's event map ends in error "
			   "%d; going on with the rows before\n",
			   rc);

	if (!map_rows && !raw_rows)
		table = pmu_table_use(fdt);
	machine.snapshot = pmu_option_snapshot(fdt);
	/* Indices are those of the boot hart, even if others have more */
	pmu_map_finish(&machine, hpm ? (unsigned int)sbi_fls(hpm) + 1 : 3);
	return 0;
}

static void init_sse(bool cold_boot)
{
	int rc;

	if (!sbi_pmu_irq_mask())
		return;
	rc = compat_sse_add(COMPAT_SSE_PMU_OVERFLOW, &sse_ops, cold_boot);
	if (rc)
		sbi_printf("sbi-pmu: no overflow as a supervisor software "
			   "event (error %d)\n",
			   rc);
}

static uint32_t counters_of(struct sbi_scratch *scratch)
{
	return ((sbi_hart_mhpm_mask(scratch) & ~7U) | PMU_FIXED) &
	       machine.hw_indices;
}

int sbi_pmu_init(struct sbi_scratch *scratch, bool cold_boot)
{
	struct pmu_hart *h;
	int rc;

	if (cold_boot) {
		rc = init_machine(scratch);
		if (rc)
			return rc;
	}

	h = pmu_domain_boot();
	if (!h)
		return SBI_ENOMEM;

	h->machine = &machine;
	h->hartid = current_hartid();
	h->present = counters_of(scratch);
	h->has_inhibit =
		sbi_hart_priv_version(scratch) >= SBI_HART_PRIV_VER_1_11;
	h->has_sscofpmf =
		sbi_hart_has_extension(scratch, SBI_HART_EXT_SSCOFPMF);
	h->has_interrupt = sbi_pmu_irq_mask() ||
			   (env_device && env_device->hw_counter_enable_irq);
	h->has_smcntrpmf =
		sbi_hart_has_extension(scratch, SBI_HART_EXT_SMCNTRPMF);
	h->has_h = misa_extension('H');
	h->has_smcdeleg =
		sbi_hart_has_extension(scratch, SBI_HART_EXT_SMCDELEG);
	h->wide_events = __riscv_xlen > 32 || h->has_sscofpmf;
	/* With delegation the supervisor writes mcountinhibit as well */
	h->resumes = pmu_trap_install() && !h->has_smcdeleg;
	pmu_hart_init(h);
	init_sse(cold_boot);
	return 0;
}

void sbi_pmu_exit(struct sbi_scratch *scratch)
{
	struct pmu_hart *h = pmu_this_hart();

	/* What other domains have on this hart is parked and stays */
	if (h)
		pmu_hart_exit(h);
	if (sbi_hart_priv_version(scratch) >= SBI_HART_PRIV_VER_1_10)
		csr_write(CSR_MCOUNTEREN, -1);
}

static const char *yes_no(bool yes)
{
	return yes ? "yes" : "no";
}

void pmu_print_banner(void)
{
	struct sbi_scratch *scratch = sbi_scratch_thishart_ptr();
	struct pmu_hart *h = pmu_this_hart();

	if (!h || scratch->options & SBI_SCRATCH_NO_BOOT_PRINTS)
		return;
	sbi_printf("SBI PMU Extension           : sbi-pmu %s, %u hardware and "
		   "%u firmware counters, overflow interrupt %s, filters %s, "
		   "fixed-counter filters %s, snapshot %s%s%s\n",
		   PMU_VERSION, count_bits(h->present), PMU_FW_MAX,
		   yes_no(h->has_interrupt),
		   yes_no(h->has_sscofpmf || env_dev_filters()),
		   yes_no(h->has_smcntrpmf || env_dev_filters()),
		   yes_no(machine.snapshot), table ? ", events of " : "",
		   table ? table : "");
}
