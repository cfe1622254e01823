/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/lifecycle.h"

#include "base/word.h"

/* clang-format off */
static const char *const status_names[] = {
	[STATUS_MANUAL_ROUTE] = "manual_route",
	[STATUS_NOT_REQUIRED] = "not_required",
	[STATUS_RETURNED] = "returned",
	[STATUS_INCOMPLETE] = "incomplete",
	[STATUS_PENDING_CON] = "pending_con",
	[STATUS_IN_REVIEW] = "in_review",
	[STATUS_DECIDED] = "decided",
	[STATUS_WITHDRAWN] = "withdrawn",
	[STATUS_RECORDED] = "recorded",
};
/* clang-format on */
_Static_assert(sizeof(status_names) / sizeof(status_names[0]) == STATUS_COUNT, "every status has a name");

static const char *const waiting_names[] = {
	[WAITING_PROVIDER] = "provider",
	[WAITING_PLAN] = "plan",
	[WAITING_CON_REVIEWER] = "con_reviewer",
	[WAITING_NOBODY] = "nobody",
};
_Static_assert(sizeof(waiting_names) / sizeof(waiting_names[0]) == WAITING_COUNT, "every turn has a name");

static const char *const task_names[] = {"route",  "outreach", "confirm_return", "supply", "certify",
					 "review", "notify",   "appeal",         "place"};
_Static_assert(sizeof(task_names) / sizeof(task_names[0]) == TASK_COUNT, "every task has a name");

const char *task_name(unsigned place)
{
	return task_names[place];
}

bool task_from_name(const char *name, enum task *ret_task)
{
	size_t place = 0;

	if (!word_find(task_names, TASK_COUNT, name, &place)) {
		return false;
	}
	*ret_task = (enum task)(1U << place);
	return true;
}

const char *status_name(enum status status)
{
	return status_names[status];
}

bool status_from_name(const char *name, enum status *ret_status)
{
	size_t place = 0;

	if (!word_find(status_names, STATUS_COUNT, name, &place)) {
		return false;
	}
	*ret_status = (enum status)place;
	return true;
}

const char *waiting_on_name(enum waiting_on waiting)
{
	return waiting_names[waiting];
}

bool waiting_on_from_name(const char *name, enum waiting_on *ret_waiting)
{
	size_t place = 0;

	if (!word_find(waiting_names, WAITING_COUNT, name, &place)) {
		return false;
	}
	*ret_waiting = (enum waiting_on)place;
	return true;
}

bool status_open(enum status status)
{
	/* A request on the manual route waits for staff: it must not fall out of their worklist. */
	return status == STATUS_MANUAL_ROUTE || status == STATUS_INCOMPLETE || status == STATUS_PENDING_CON ||
	       status == STATUS_IN_REVIEW;
}

#define BIT(status) (1U << (unsigned)(status))
#define OPEN (BIT(STATUS_MANUAL_ROUTE) | BIT(STATUS_INCOMPLETE) | BIT(STATUS_PENDING_CON) | BIT(STATUS_IN_REVIEW))
#define JUDGED (BIT(STATUS_INCOMPLETE) | BIT(STATUS_PENDING_CON) | BIT(STATUS_IN_REVIEW))
#define TOLD (BIT(STATUS_DECIDED) | BIT(STATUS_RETURNED) | BIT(STATUS_NOT_REQUIRED) | BIT(STATUS_RECORDED))

/* step: the statuses in which it is lawful (rules.md D; of a closed request nothing that was judged changes) */
static const unsigned lawful[STEP_COUNT] = {
	[STEP_INFORM] = OPEN,
	[STEP_OUTREACH] = JUDGED,
	[STEP_RETURN] = JUDGED,
	[STEP_SET_ASIDE] = JUDGED,
	[STEP_WITHDRAW] = OPEN,
	[STEP_PLAN_FACTS] = OPEN,
	[STEP_ASK] = JUDGED,
	[STEP_CERTIFY] = JUDGED,
	[STEP_FIND] = JUDGED | BIT(STATUS_RECORDED), /* what was recorded stays; people answer what the machine cannot */
	[STEP_DETERMINE] = BIT(STATUS_IN_REVIEW),
	[STEP_CORRECT] = BIT(STATUS_DECIDED),
	[STEP_NOTIFY] = TOLD,
	[STEP_PLACE] = BIT(STATUS_DECIDED),
	[STEP_APPEAL] = BIT(STATUS_DECIDED),
	[STEP_DECIDE_APPEAL] = BIT(STATUS_DECIDED),
	[STEP_OCCUR] = BIT(STATUS_RECORDED), /* of service records; no request is asked this */
	[STEP_CLOSE] = BIT(STATUS_MANUAL_ROUTE),
};

bool lifecycle_allows(enum status status, enum step step)
{
	return (lawful[step] & BIT(status)) != 0;
}

/* Of an open request: what comes first. */
static const char *not_yet(enum status status, enum step step)
{
	if (status == STATUS_MANUAL_ROUTE) {
		return "the request is on the manual route; it is handled where it was routed to";
	}
	if (step == STEP_DETERMINE) {
		return status == STATUS_PENDING_CON
			       ? "the certificate of need is not complete; nothing is decided before it, and the clock runs on"
			       : "the request is incomplete; obtain what is missing and log the attempts owed: after them "
				 "it is returned, or taken up as it is where its policy returns nothing";
	}
	if (step == STEP_CLOSE) {
		return "only a request on the manual route is closed this way";
	}
	return lifecycle_allows(STATUS_DECIDED, step) ? "the request is not decided yet"
						      : "the request is not in a state that allows this";
}

const char *lifecycle_refusal(enum status status, enum step step)
{
	if (status_open(status)) {
		return not_yet(status, step);
	}
	if (status == STATUS_DECIDED) {
		return step == STEP_DETERMINE
			       ? "the request is decided already; a correction names the decision that it supersedes"
			       : "the request is decided; only notices, an appeal or a correction may follow";
	}
	return step == STEP_APPEAL || step == STEP_CORRECT || step == STEP_DECIDE_APPEAL
		       ? "the request was closed without a determination; there is nothing to appeal or to correct"
		       : "the request is closed; send a new one that replaces it";
}

enum status lifecycle_status(const struct standing *standing)
{
	if (standing->manual_route) {
		return STATUS_MANUAL_ROUTE;
	}
	if (standing->recorded) {
		return STATUS_RECORDED;
	}
	if (standing->not_required) {
		return STATUS_NOT_REQUIRED;
	}
	if (standing->returned) {
		return STATUS_RETURNED;
	}
	if (standing->missing) {
		return STATUS_INCOMPLETE;
	}
	return standing->gate_open ? STATUS_PENDING_CON : STATUS_IN_REVIEW;
}

static enum waiting_on review_waits_on(const struct standing *standing)
{
	if (standing->return_proposed) {
		return WAITING_PLAN;
	}
	if (standing->requested) {
		return WAITING_PROVIDER;
	}
	return standing->gate_open ? WAITING_CON_REVIEWER : WAITING_PLAN;
}

enum waiting_on lifecycle_waiting_on(enum status status, const struct standing *standing)
{
	switch (status) {
	case STATUS_MANUAL_ROUTE: return WAITING_PLAN;
	case STATUS_RETURNED: return WAITING_PROVIDER;
	case STATUS_INCOMPLETE: return standing->return_proposed ? WAITING_PLAN : WAITING_PROVIDER;
	case STATUS_PENDING_CON:
	case STATUS_IN_REVIEW: return review_waits_on(standing);
	case STATUS_DECIDED: {
		bool owes = standing->notice_owed || standing->appeal_open || standing->placement_awaited;
		return owes ? WAITING_PLAN : WAITING_NOBODY;
	}
	case STATUS_NOT_REQUIRED:
	case STATUS_WITHDRAWN:
	case STATUS_RECORDED:
	case STATUS_COUNT: break;
	}
	return WAITING_NOBODY;
}

static unsigned task_if(bool owed, enum task task)
{
	return owed ? (unsigned)task : 0U;
}

unsigned lifecycle_tasks(enum status status, const struct standing *standing)
{
	unsigned supply = task_if(standing->missing || standing->requested, TASK_SUPPLY);
	unsigned confirm = task_if(standing->return_proposed, TASK_CONFIRM_RETURN);
	switch (status) {
	case STATUS_MANUAL_ROUTE: return TASK_ROUTE;
	case STATUS_INCOMPLETE: return supply | confirm | task_if(standing->outreach_owed, TASK_OUTREACH);
	case STATUS_PENDING_CON: return TASK_CON | supply | confirm;
	case STATUS_IN_REVIEW: return TASK_REVIEW | supply | confirm;
	case STATUS_DECIDED:
		return task_if(standing->notice_owed, TASK_NOTIFY) | task_if(standing->appeal_open, TASK_APPEAL) |
		       task_if(standing->placement_awaited, TASK_PLACE);
	case STATUS_RETURNED:
	case STATUS_NOT_REQUIRED:
	case STATUS_WITHDRAWN:
	case STATUS_RECORDED:
	case STATUS_COUNT: break;
	}
	return 0;
}
