/* SPDX-License-Identifier: Apache-2.0 */
/* What can be read without a request: checklists, policies, samples. */
#ifndef AR_REVIEW_CATALOG_H
#define AR_REVIEW_CATALOG_H

#include "review/outcome.h"
#include "review/service.h"

struct requirement_query {
	const char *payer;
	const char *service;
	const char *review; /* default "initial" */
	const char *as_of; /* a date; default: today where the payer is */
};

/* The checklist as JSON, or as a printable HTML page. */
void catalog_requirements(struct service *service, const struct requirement_query *query, bool html, struct instant now,
			  struct arena *arena, struct outcome *outcome);

void catalog_policies(struct service *service, struct arena *arena, struct outcome *outcome);
void catalog_policy_version(struct service *service, const char *id, const char *version, struct arena *arena,
			    struct outcome *outcome);

void catalog_samples(struct service *service, struct arena *arena, struct outcome *outcome);
void catalog_sample(struct service *service, const char *name, struct arena *arena, struct outcome *outcome);

#endif
