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

/* True until the request is decided or ends in another way; afterwards only its notices, appeals and corrections are recorded. */
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
	STEP_CERTIFY, /* record how the certificate of need ended */
	STEP_FIND, /* a licensed reviewer answers a criterion */
	STEP_DETERMINE, /* approve, approve in part, deny */
	STEP_CORRECT, /* supersede a determination that was recorded wrongly */
	STEP_NOTIFY, /* record what was told to whom */
	STEP_PLACE, /* record the placement that an approval waits for */
	STEP_APPEAL, /* receive an appeal */
	STEP_DECIDE_APPEAL,
	STEP_OCCUR, /* record what happened in running care, or waive what is owed in it */
	STEP_CLOSE, /* end a request on the manual route, which was handled elsewhere */
	STEP_COUNT
};

/* The table of transitions: whether a step is lawful in a status. Guards that need more than the status are the use case's. */
bool lifecycle_allows(enum status status, enum step step);

/* Why not, for people: "the request is returned; ...". */
const char *lifecycle_refusal(enum status status, enum step step);

/* What an evaluation says about a request that is not yet determined. */
struct standing {
	bool manual_route;
	bool recorded; /* never decided: it is kept as it is */
	bool not_required;
	bool returned; /* the machine returns at once: verified plan facts only */
	bool return_proposed; /* intake must confirm or set aside */
	bool missing; /* completeness items */
	bool requested; /* information outstanding */
	bool gate_open; /* certificate of need not complete */
	bool outreach_owed; /* attempts are owed before a return */
	bool notice_owed; /* somebody has to be told of the determination */
	bool appeal_open;
	bool placement_awaited; /* it is approved, and the authorization follows when the placement is known */
};

/* What is to be done now: a set, one bit each. Worklists filter by them. */
enum task {
	TASK_ROUTE = 1 << 0, /* staff route it to where it is answered */
	TASK_OUTREACH = 1 << 1, /* staff try to obtain what is missing */
	TASK_CONFIRM_RETURN = 1 << 2, /* staff confirm or set aside a proposed return */
	TASK_SUPPLY = 1 << 3, /* the provider sends what is missing or asked for */
	TASK_CON = 1 << 4, /* the independent reviewer completes the certificate of need */
	TASK_REVIEW = 1 << 5, /* a licensed reviewer finds and determines */
	TASK_NOTIFY = 1 << 6, /* staff tell of the determination */
	TASK_APPEAL = 1 << 7, /* somebody who was not involved decides an appeal */
	TASK_PLACE = 1 << 8 /* staff record the placement that an approval waits for */
};

enum { TASK_COUNT = 9 };

/* The word of a task by its bit's place, 0 to TASK_COUNT - 1. */
const char *task_name(unsigned place);
bool task_from_name(const char *name, enum task *ret_task);

/* The tasks of a request. */
unsigned lifecycle_tasks(enum status status, const struct standing *standing);

/*
 * The status when several fit: manual_route, recorded, not_required, returned, incomplete, pending_con, in_review, in
 * that order.
 */
enum status lifecycle_status(const struct standing *standing);

/*
 * Whose turn it is: a proposed return, review, a notice and an appeal are the plan's, missing or requested papers the provider's,
 * an open gate the CON reviewer's.
 */
enum waiting_on lifecycle_waiting_on(enum status status, const struct standing *standing);

#endif
