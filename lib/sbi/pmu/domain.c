// SPDX-License-Identifier: BSD-2-Clause
/*
 * Domains that take turns on a hart. Each has a PMU state of its own there, and
 * the counters hold the values of one of them. Released OpenSBI does not tell
 * when it switches, so that is noticed at the first call of the other domain.
 */

#include "compat.h"
#include <sbi/sbi_domain.h>
#include <sbi/sbi_heap.h>
#include <sbi/sbi_scratch.h>
#include "glue.h"

/* The PMU of one hart for one domain; those of a hart form a ring */
struct domain_pmu {
	struct pmu_hart pmu; /* at the start, see loaded() */
	/** NULL as long as no domain has made a call on the hart */
	const struct sbi_domain *domain;
	struct domain_pmu *next;
	/* Bits of the overflow interrupt while another domain has the hart */
	unsigned long delegated, enabled, pending;
};

unsigned long pmu_domain_undivided;

/* Where the scratch space of a hart points to the state in its registers */
static unsigned long offset;

/* Whether there are domains but the root domain, which may take turns */
static bool divided;

/* What harts have that are not set up yet, so that events need not ask for it
 */
static struct domain_pmu nobody;

static struct domain_pmu *loaded(void)
{
	struct pmu_hart *h;

	if (!offset)
		return NULL;
	h = pmu_hart_at(offset);
	return h == &nobody.pmu ? NULL : (struct domain_pmu *)h;
}

static void set_loaded(struct domain_pmu *s)
{
	sbi_scratch_write_type(sbi_scratch_thishart_ptr(), struct pmu_hart *,
			       offset, &s->pmu);
}

struct pmu_hart *pmu_domain_boot(void)
{
	struct domain_pmu *s = loaded();

	if (!s) {
		s = sbi_zalloc(sizeof(*s));
		if (!s)
			return NULL;
		s->next = s;
		set_loaded(s);
	}
	return &s->pmu;
}

/* The state of a domain on the hart of @s, or NULL if it has none there */
static struct domain_pmu *state_of(struct domain_pmu *s,
				   const struct sbi_domain *domain)
{
	struct domain_pmu *first = s;

	do {
		if (s->domain == domain)
			return s;
		s = s->next;
	} while (s != first);
	return NULL;
}

static struct domain_pmu *add_state(struct domain_pmu *s,
				    const struct sbi_domain *domain)
{
	struct domain_pmu *fresh = sbi_zalloc(sizeof(*fresh));

	if (!fresh)
		return NULL;
	/* What the hart has is the same for all */
	fresh->pmu = s->pmu;
	fresh->domain = domain;
	fresh->delegated = compat_irq_mask(sbi_pmu_irq_bit());
	fresh->next = s->next;
	s->next = fresh;
	return fresh;
}

/*
 * OpenSBI switches sie and sip, and that is all as long as the interrupt is
 * delegated for both domains.
 */
static void switch_irq(struct domain_pmu *from, const struct domain_pmu *to)
{
	unsigned long mask = compat_irq_mask(sbi_pmu_irq_bit());

	from->delegated = csr_read(CSR_MIDELEG) & mask;
	if (from->delegated && to->delegated)
		return;
	from->enabled = csr_read_clear(CSR_MIE, mask) & mask;
	from->pending = csr_read_clear(CSR_MIP, mask) & mask;
	if (to->delegated) {
		csr_set(CSR_MIDELEG, mask);
		return;
	}
	csr_clear(CSR_MIDELEG, mask);
	csr_set(CSR_MIE, to->enabled);
	csr_set(CSR_MIP, to->pending);
}

/* Change hands; the state that is in the registers then */
static struct domain_pmu *load(struct domain_pmu *from,
			       const struct sbi_domain *domain)
{
	struct domain_pmu *to = state_of(from, domain);
	bool fresh = !to;

	if (fresh)
		to = add_state(from, domain);
	if (!to) {
		/* Better lost than seen by the other domain */
		pmu_hart_exit(&from->pmu);
		pmu_hart_init(&from->pmu);
		from->domain = domain;
		return from;
	}
	pmu_hart_park(&from->pmu);
	switch_irq(from, to);
	if (fresh)
		pmu_hart_init(&to->pmu);
	else
		pmu_hart_unpark(&to->pmu);
	set_loaded(to);
	return to;
}

static struct domain_pmu *load_current(struct domain_pmu *s)
{
	const struct sbi_domain *domain = sbi_domain_thishart_ptr();

	if (!s->domain)
		s->domain = domain;
	return s->domain == domain ? s : load(s, domain);
}

/* A suspend that lost the registers has brought OpenSBI's trap entry back */
static void notice_suspend(struct domain_pmu *s)
{
	if (pmu_trap_install())
		pmu_hart_resume(&s->pmu);
}

struct pmu_hart *pmu_this_hart(void)
{
	struct domain_pmu *s = loaded();

	if (!s)
		return NULL;
	notice_suspend(s);
	if (divided)
		s = load_current(s);
	return &s->pmu;
}

bool pmu_domain_enter(void)
{
	struct domain_pmu *s = loaded();

	if (!s || !divided)
		return false;
	notice_suspend(s);
	return load_current(s) != s;
}

static void __attribute__((noinline)) count_divided(unsigned int code)
{
	struct domain_pmu *s = loaded();

	if (s && divided)
		s = state_of(s, sbi_domain_thishart_ptr());
	if (s)
		pmu_fw_count(&s->pmu, code);
}

/* A firmware event is counted for the domain in which it happens */
int sbi_pmu_ctr_incr_fw(enum sbi_pmu_fw_event_code_id code)
{
	/* The code is extended by its sign, as it is in its register */
	if (pmu_domain_undivided)
		pmu_fw_count(pmu_hart_at(pmu_domain_undivided),
			     (unsigned long)(int)code);
	else
		count_divided(code);
	return 0;
}

static int at_switch(struct sbi_scratch *scratch, struct sbi_domain *domain)
{
	pmu_domain_enter();
	return 0;
}

bool pmu_domain_init(void)
{
	struct sbi_scratch *scratch;

	offset = sbi_scratch_alloc_type_offset(struct pmu_hart *);
	if (!offset)
		return false;
	compat_for_each_hart(i)
	{
		scratch = sbi_hartindex_to_scratch(i);
		if (scratch)
			sbi_scratch_write_type(scratch, struct pmu_hart *,
					       offset, &nobody.pmu);
	}
	compat_at_switch(at_switch);
	return true;
}

void pmu_domain_settle(void)
{
	struct sbi_domain *domain;

	sbi_domain_for_each(domain)
	{
		if (domain != &root)
			divided = true;
	}
	if (!divided)
		pmu_domain_undivided = offset;
}
