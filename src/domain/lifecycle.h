/* SPDX-License-Identifier: Apache-2.0 */
/* States of a request and whose turn it is in each (rules D with its Corrections). */
#ifndef AR_DOMAIN_LIFECYCLE_H
#define AR_DOMAIN_LIFECYCLE_H

#include <stdbool.h>
#include <stddef.h>

enum status {
	STATUS_MANUAL_ROUTE,
	STATUS_NOT_REQUIRED,
	STATUS_RETURNED,
	STATUS_INCOMPLETE,
	STATUS_PENDING_CON,
	STATUS_IN_REVIEW,
	STATUS_DECIDED,
	STATUS_WITHDRAWN,
	STATUS_RECORDED,
	STATUS_COUNT
};

enum waiting_on { WAITING_PROVIDER, WAITING_PLAN, WAITING_CON_REVIEWER, WAITING_NOBODY, WAITING_COUNT };

const char *status_name(enum status status); /* "in_review" */
bool status_from_name(const char *name, enum status *ret_status);
const char *waiting_on_name(enum waiting_on waiting);
bool waiting_on_from_name(const char *name, enum waiting_on *ret_waiting);

/* True while a clock may run and the request can still change. */
bool status_open(enum status status);

/* What an evaluation says about a request that is not yet determined. */
struct standing {
	bool manual_route;
	bool not_required;
	bool returned; /* the machine returns at once: verified plan facts only */
	bool return_proposed; /* intake must confirm or set aside */
	bool missing; /* completeness items */
	bool requested; /* information outstanding */
	bool gate_open; /* certificate of need not complete */
};

/*
 * The status when several fit: manual_route, not_required, returned, incomplete, pending_con, in_review, in
 * that order.
 */
enum status lifecycle_status(const struct standing *standing);

/*
 * Whose turn it is: a proposed return and review are the plan's, missing or requested papers the provider's,
 * an open gate the CON reviewer's.
 */
enum waiting_on lifecycle_waiting_on(enum status status, const struct standing *standing);

#endif
