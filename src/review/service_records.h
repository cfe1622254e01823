/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/service-records: the running care of members, what is due first first. */
#ifndef AR_REVIEW_SERVICE_RECORDS_H
#define AR_REVIEW_SERVICE_RECORDS_H

#include "auth/access.h"
#include "review/outcome.h"
#include "review/service.h"

struct store_reader;

/* As they stand in the address; NULL: not given. */
struct service_record_filters {
	const char *payer;
	const char *service;
	const char *provider_npi;
	const char *state;
	const char *limit;
	const char *cursor;
};

void service_records_list(struct service *service, struct store_reader *reader, const struct principal *principal,
			  const struct service_record_filters *filters, struct arena *arena, struct outcome *outcome);

#endif
