/* SPDX-License-Identifier: Apache-2.0 */
/* What is owed in running care: across records by due instant, and in one record. */
#ifndef AR_REVIEW_OBLIGATIONS_H
#define AR_REVIEW_OBLIGATIONS_H

#include "auth/access.h"
#include "review/outcome.h"
#include "review/service.h"

struct store_reader;

/* As they stand in the address; NULL: not given. */
struct obligation_filters {
	const char *due_before;
	const char *payer;
	const char *service;
	const char *state;
	const char *provider_npi;
	const char *limit;
	const char *cursor;
};

/* GET /v1/obligations: those that are open or overdue, unless `state` says otherwise. */
void obligations_list(struct service *service, struct store_reader *reader, const struct principal *principal,
		      const struct obligation_filters *filters, struct arena *arena, struct outcome *outcome);

/* GET /v1/service-records/{id}/obligations: as its answer has them, with its ETag. */
void obligations_of(struct store_reader *reader, const struct principal *principal, const char *id, struct arena *arena,
		    struct outcome *outcome);

#endif
