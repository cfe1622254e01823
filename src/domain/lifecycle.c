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

/* step: the statuses in which it is lawful (rules.md D; closed requests do not change) */
static const unsigned lawful[STEP_COUNT] = {
	[STEP_INFORM] = OPEN,   [STEP_OUTREACH] = JUDGED, [STEP_RETURN] = JUDGED, [STEP_SET_ASIDE] = JUDGED,
	[STEP_WITHDRAW] = OPEN, [STEP_PLAN_FACTS] = OPEN, [STEP_ASK] = JUDGED,
};

bool lifecycle_allows(enum status status, enum step step)
{
	return (lawful[step] & BIT(status)) != 0;
}

const char *lifecycle_refusal(enum status status, enum step step)
{
	if (!status_open(status)) {
		return "the request is closed; send a new one that replaces it";
	}
	return status == STATUS_MANUAL_ROUTE && step != STEP_INFORM
		       ? "the request is on the manual route; it is handled where it was routed to"
		       : "the request is not in a state that allows this";
}

enum status lifecycle_status(const struct standing *standing)
{
	if (standing->manual_route) {
		return STATUS_MANUAL_ROUTE;
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
	case STATUS_NOT_REQUIRED:
	case STATUS_DECIDED:
	case STATUS_WITHDRAWN:
	case STATUS_RECORDED:
	case STATUS_COUNT: break;
	}
	return WAITING_NOBODY;
}
