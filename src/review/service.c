/* SPDX-License-Identifier: Apache-2.0 */
#include "review/service.h"

#include "auth/access.h"
#include "base/digest.h"
#include "store/records.h"

#include <string.h>

bool service_principal(struct service *service, struct store_reader *reader, const char *token, struct arena *arena,
		       const struct principal **ret_principal, struct err *err)
{
	(void)service;
	struct digest digest = digest_of(token, strlen(token));
	return principal_read(reader, &digest, arena, ret_principal, err);
}

struct store_reader *service_reader_open(struct service *service, struct err *err)
{
	return store_reader_open(service->store, err);
}

void service_reader_close(struct store_reader *reader)
{
	store_reader_close(reader);
}

bool service_congested(const struct service *service)
{
	return store_congested(service->store);
}
