/* SPDX-License-Identifier: Apache-2.0 */
/* What every use case is given: the store, the policies in force, the clock and the sources of names. Made once, in cli/serve. */
#ifndef AR_REVIEW_SERVICE_H
#define AR_REVIEW_SERVICE_H

#include "base/embed.h"
#include "base/ident.h"
#include "base/instant.h"
#include "policy/policy.h"
#include "store/store.h"

#include <stdatomic.h>
#include <stdbool.h>

/* The bodies of calls whose shape no policy declares anything for: their schema files. */
#define BODY_SHAPES(X) \
	X(SHAPE_SEARCH, "search.json") \
	X(SHAPE_CLOCK, "clock.json") \
	X(SHAPE_OUTREACH, "outreach.json") \
	X(SHAPE_RETURN, "return.json") \
	X(SHAPE_WITHDRAWAL, "withdrawal.json") \
	X(SHAPE_PLAN_FACTS, "plan_facts.json") \
	X(SHAPE_INFORMATION_REQUEST, "information_request.json")

enum body_shape {
#define X(shape, file) shape,
	BODY_SHAPES(X)
#undef X
		BODY_SHAPE_COUNT
};

struct service {
	struct store *store;
	const struct policy_set *policies;
	struct ident_source *ident;
	const struct shape *shapes[BODY_SHAPE_COUNT]; /* of the bodies that policies have no part in */
	const struct embedded_files *schemas; /* schema files, served at /schema/ */
	const struct embedded_files *samples; /* request bodies, served at /v1/samples */
	const struct embedded_files *contract; /* openapi.yaml */
	bool sandbox;
	_Atomic int64_t clock_offset_us; /* sandbox: added to the machine's clock; never negative steps */
	_Atomic int64_t clock_fixed_us; /* sandbox and tests: when not 0 the clock stands at this instant plus the offset */
};

struct principal;
struct store_reader;

/* Who a bearer token belongs to; *ret_principal is NULL when nobody. Lives in ARENA. */
bool service_principal(struct service *service, struct store_reader *reader, const char *token, struct arena *arena,
		       const struct principal **ret_principal, struct err *err) AR_MUST_CHECK;

/* A reader for one HTTP thread. */
struct store_reader *service_reader_open(struct service *service, struct err *err) AR_MUST_CHECK;
void service_reader_close(struct store_reader *reader);

/* True when a change would be refused now: asked when a body has arrived and before it is parsed. */
bool service_congested(const struct service *service);

/* Keeps the text of every loaded policy version in the store, by digest: what judged a request can always be read again. */
bool service_keep_policies(struct service *service, struct err *err) AR_MUST_CHECK;

/* The one clock source. */
struct instant service_now(const struct service *service);

#endif
