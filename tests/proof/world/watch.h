/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fw_start() and fw_stop() as the proofs of the calls know them: they look for
 * the event of a counter among all of them, where the core goes to its place in
 * a table, which a solver finds hard. The proof of fw shows that both do the
 * same in every valid state. Include it after fw.c, with the two renamed there.
 */
#ifndef WATCH_H
#define WATCH_H

bool fw_start(struct pmu_hart *h, struct fw_ctr c)
{
	unsigned int code;

	if (is_platform(h, c) && !env_fw_start(h->hartid, c.n, h->fw_data[c.n]))
		return false;
	for (code = 0; code < PMU_FW_EVENTS; code++) {
		if (h->fw_event[c.n] == code)
			h->fw_watch[code] |= (uint16_t)PMU_BIT(c.n);
	}
	h->started.fw |= PMU_BIT(c.n);
	return true;
}

void fw_stop(struct pmu_hart *h, struct fw_ctr c)
{
	unsigned int code;

	if (is_platform(h, c))
		env_fw_stop(h->hartid, c.n);
	for (code = 0; code < PMU_FW_EVENTS; code++)
		h->fw_watch[code] &= (uint16_t)~PMU_BIT(c.n);
	h->started.fw &= ~PMU_BIT(c.n);
}

#endif
