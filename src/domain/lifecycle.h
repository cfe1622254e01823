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

/* What people do to a recorded request. */
enum step {
	STEP_INFORM, /* supply what is missing */
	STEP_OUTREACH, /* log an attempt to obtain what is missing */
	STEP_RETURN, /* return to sender: after the attempts owed, or a proposed return confirmed */
	STEP_SET_ASIDE, /* decide that a proposed return is not to be */
	STEP_WITHDRAW,
	STEP_PLAN_FACTS, /* record what the plan verified */
	STEP_ASK, /* ask for on-request items */
	STEP_COUNT
};

/* The table of transitions: whether a step is lawful in a status. Guards that need more than the status are the use case's. */
bool lifecycle_allows(enum status status, enum step step);

/* Why not, for people: "the request is returned; ...". */
const char *lifecycle_refusal(enum status status, enum step step);

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
