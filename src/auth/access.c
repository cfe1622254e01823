/* SPDX-License-Identifier: Apache-2.0 */
#include "auth/access.h"

#include "base/label.h"
#include "base/word.h"

#include <stdint.h>
#include <string.h>

static const char *const role_names[] = {
#define X(code, name) [code] = (name),
	ROLES(X)
#undef X
};
_Static_assert(sizeof(role_names) / sizeof(role_names[0]) == ROLE_COUNT, "every role has a name");

static const char *const action_names[] = {
#define X(code, name, health) [code] = (name),
	ACTIONS(X)
#undef X
};
_Static_assert(sizeof(action_names) / sizeof(action_names[0]) == ACTION_COUNT, "every action has a name");

/* Sets of roles, one bit each. */
enum {
	PROVIDER = 1 << ROLE_PROVIDER,
	INTAKE = 1 << ROLE_INTAKE,
	REVIEWER = 1 << ROLE_REVIEWER,
	PHYSICIAN = 1 << ROLE_PHYSICIAN,
	CON_REVIEWER = 1 << ROLE_CON_REVIEWER,
	APPEALS = 1 << ROLE_APPEALS,
	AUDITOR = 1 << ROLE_AUDITOR,
	POLICY_AUTHOR = 1 << ROLE_POLICY_AUTHOR,
	ADMIN = 1 << ROLE_ADMIN,
	EVERYBODY = (1 << ROLE_COUNT) - 1,
	SUBMITTERS = PROVIDER | INTAKE, /* intake enters what comes by fax and telephone */
	CLINICAL = REVIEWER | PHYSICIAN | CON_REVIEWER | APPEALS,
	READERS = SUBMITTERS | CLINICAL | AUDITOR
};

/* Who may do what. An action without a row is allowed to nobody. */
/* clang-format off */
static const uint16_t allowed[ACTION_COUNT] = {
	[ACTION_PUBLIC] = EVERYBODY,
	[ACTION_READ_POLICY] = EVERYBODY,
	[ACTION_SUBMIT] = SUBMITTERS,
	[ACTION_CHECK] = SUBMITTERS | CLINICAL | POLICY_AUTHOR,
	[ACTION_READ_REQUEST] = READERS,
	[ACTION_LIST_REQUESTS] = READERS,
	[ACTION_SEARCH_REQUESTS] = READERS,
	[ACTION_SUPPLY_INFORMATION] = SUBMITTERS,
	[ACTION_LOG_OUTREACH] = INTAKE | REVIEWER,
	[ACTION_RETURN] = INTAKE,
	[ACTION_WITHDRAW] = SUBMITTERS,
	[ACTION_RECORD_PLAN_FACTS] = INTAKE,
	[ACTION_ASK_INFORMATION] = REVIEWER | PHYSICIAN,
	[ACTION_RECORD_CON] = CON_REVIEWER | INTAKE, /* or intake enters what the reviewer sent */
	[ACTION_FIND] = REVIEWER | PHYSICIAN,
	[ACTION_READ_REVIEW] = INTAKE | CLINICAL | AUDITOR,
	[ACTION_DETERMINE] = REVIEWER | PHYSICIAN,
	[ACTION_RECORD_NOTICE] = INTAKE | REVIEWER | PHYSICIAN | APPEALS,
	[ACTION_RECORD_PLACEMENT] = INTAKE | REVIEWER,
	[ACTION_APPEAL] = SUBMITTERS | APPEALS,
	[ACTION_READ_APPEAL] = READERS,
	[ACTION_DECIDE_APPEAL] = REVIEWER | PHYSICIAN | APPEALS,
	[ACTION_CLOSE] = INTAKE,
	[ACTION_RECORD_CARE] = SUBMITTERS,
	[ACTION_READ_CARE] = READERS,
	[ACTION_RECORD_OCCURRENCES] = SUBMITTERS | REVIEWER, /* a policy may say fewer of a kind */
	[ACTION_WAIVE] = INTAKE | REVIEWER,
	[ACTION_ATTEST] = SUBMITTERS | REVIEWER,
	[ACTION_READ_DECISIONS] = READERS,
	[ACTION_READ_EVENTS] = READERS,
	[ACTION_READ_METRICS] = AUDITOR | ADMIN,
	[ACTION_MOVE_CLOCK] = EVERYBODY, /* exists in the sandbox only; the endpoint refuses elsewhere */
};
/* clang-format on */
_Static_assert(ROLE_COUNT <= 16, "a set of roles fits the table's cells");

const char *role_name(enum role role)
{
	return role_names[role];
}

bool role_from_name(const char *name, enum role *ret_role)
{
	size_t place = 0;

	if (!word_find(role_names, ROLE_COUNT, name, &place)) {
		return false;
	}
	*ret_role = (enum role)place;
	return true;
}

const char *action_name(enum action action)
{
	return action_names[action];
}

bool access_allows(enum role role, enum action action)
{
	/* A value outside the enums is no role: denied rather than looked up. */
	if ((unsigned)role >= ROLE_COUNT || (unsigned)action >= ACTION_COUNT) {
		return false;
	}
	return (allowed[action] & (1U << role)) != 0;
}

static bool same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool works_for(const struct principal *principal, const char *payer)
{
	for (size_t i = 0; i < principal->payer_count && i < PRINCIPAL_PAYERS_MAX; i++) {
		if (same(principal->payers[i], payer)) {
			return true;
		}
	}
	return false;
}

unsigned access_hidden(const struct principal *principal)
{
	return principal->role == ROLE_PROVIDER ? 0 : LABELS_ANY & ~principal->entitled;
}

bool access_owns(const struct principal *principal, const struct ownership *ownership)
{
	if ((ownership->sensitivity & access_hidden(principal)) != 0) {
		return false;
	}
	switch (principal->role) {
	case ROLE_PROVIDER: return same(principal->organization, ownership->organization);
	case ROLE_INTAKE:
	case ROLE_REVIEWER:
	case ROLE_PHYSICIAN:
	case ROLE_CON_REVIEWER:
	case ROLE_APPEALS:
	case ROLE_AUDITOR: return works_for(principal, ownership->payer);
	case ROLE_POLICY_AUTHOR:
	case ROLE_ADMIN:
	case ROLE_COUNT: break;
	}
	return false;
}
