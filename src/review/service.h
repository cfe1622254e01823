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
	X(SHAPE_INFORMATION_REQUEST, "information_request.json") \
	X(SHAPE_CON, "certificate_of_need.json") \
	X(SHAPE_FINDING, "finding.json") \
	X(SHAPE_FINDINGS, "findings.json") \
	X(SHAPE_DETERMINATION, "determination.json") \
	X(SHAPE_NOTICE, "notice.json") \
	X(SHAPE_PLACEMENT, "placement.json") \
	X(SHAPE_APPEAL, "appeal.json") \
	X(SHAPE_APPEAL_DETERMINATION, "appeal_determination.json") \
	X(SHAPE_WAIVER, "waiver.json") \
	X(SHAPE_ATTESTATION, "attestation.json") \
	X(SHAPE_CLOSURE, "closure.json")

enum body_shape {
#define X(shape, file) shape,
	BODY_SHAPES(X)
#undef X
		BODY_SHAPE_COUNT
};

struct changed_text;
struct scheduler; /* review/scheduler.h */
struct trusted_clock; /* review/trusted_clock.h */

struct service {
	struct store *store;
	struct scheduler *scheduler; /* raises what time brings about; NULL until it is started */
	/* The set in force; a reload puts another in its place. Read once a call: service_policies. */
	const struct policy_set *_Atomic policies;
	const struct changed_text *_Atomic changed_texts; /* of the set in force (keep_policies.c) */
	_Atomic int64_t reload_refused_us; /* when the last reload of policies was refused; 0: it was not */
	struct ident_source *ident;
	const struct shape *shapes[BODY_SHAPE_COUNT]; /* of the bodies that policies have no part in */
	const struct embedded_files *schemas; /* schema files, served at /schema/ */
	const struct embedded_files *samples; /* request bodies, served at /v1/samples */
	const struct embedded_files *contract; /* openapi.yaml */
	bool sandbox;
	struct trusted_clock *clock; /* judges the machine's clock; NULL where it is taken as it is: sandbox and tests */
	_Atomic int64_t clock_offset_us; /* sandbox: added to the machine's clock; never negative steps */
	_Atomic int64_t clock_high_us; /* the latest that service_now gave */
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

/*
 * At a start: keeps the text of every version of the set in force in the store, by digest: what judged a request can always be read again.
 * False with ERR_CONFIG when the set lacks a version that open requests or service records name. ARENA lives as long as SERVICE.
 */
bool service_keep_policies(struct service *service, struct arena *arena, struct err *err) AR_MUST_CHECK;

/*
 * Puts SET in force. Refused as at a start, and also when it has a known version with another text; then, as after any error, the set in
 * force stays. For the main thread; the set before must live on.
 */
bool service_replace_policies(struct service *service, const struct policy_set *set, struct arena *arena,
			      struct err *err) AR_MUST_CHECK;

/* Whether POLICY, of the set in force, has another text than the one with which its version was first loaded. */
bool service_text_changed(const struct service *service, const struct policy *policy);

/* The set in force, which a call holds on to from its beginning to its end; sets that were replaced live until the daemon ends. */
static inline const struct policy_set *service_policies(const struct service *service)
{
	return atomic_load_explicit(&service->policies, memory_order_acquire);
}

/*
 * The one clock source: when things happen. It never goes backwards, also where the machine's clock does. Every reading of that is judged
 * by the time since boot, and one that cannot be believed is not taken: while the clock is suspect the steady reading counts, which is the
 * newest that was believed plus the time since boot that went by after it. Receipts are then stamped, and due instants counted, as if the
 * clock had not been moved.
 */
struct instant service_now(struct service *service);

/* The same as it stands, which can go backwards a little: what is due is asked of it. */
struct instant service_clock(const struct service *service);

/* Whether the machine's clock cannot be believed, as of the newest reading: then nothing is raised as due. */
bool service_clock_suspect(const struct service *service);

/*
 * Before the first call: no event may be later than the clock says (60 s are borne), or somebody who knows it to be right must say so
 * (ACCEPT). From then on service_now is not earlier than the newest event, unless it was accepted. A clock that was suspect when the last
 * program on DATABASE ended is so still, unless it is accepted. ERR_CONFIG: refused.
 */
bool service_clock_start(struct service *service, const char *database, bool accept, struct err *err) AR_MUST_CHECK;

/* When nobody asks for the time any more. */
void service_clock_stop(struct service *service);

#endif
