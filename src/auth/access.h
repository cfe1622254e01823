/* SPDX-License-Identifier: Apache-2.0 */
/* Who may do what: one table role x action, deny by default, and ownership beside it. Pure. */
#ifndef AR_AUTH_ACCESS_H
#define AR_AUTH_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
#define ROLES(X) \
	X(ROLE_PROVIDER, "provider") \
	X(ROLE_INTAKE, "intake") \
	X(ROLE_REVIEWER, "reviewer") \
	X(ROLE_PHYSICIAN, "physician") \
	X(ROLE_CON_REVIEWER, "con_reviewer") \
	X(ROLE_APPEALS, "appeals") \
	X(ROLE_AUDITOR, "auditor") \
	X(ROLE_POLICY_AUTHOR, "policy_author") \
	X(ROLE_ADMIN, "admin")

enum role {
#define X(code, name) code,
	ROLES(X)
#undef X
	ROLE_COUNT
};

/* action, name, whether it touches health information of a request (then ownership applies) */
#define ACTIONS(X) \
	X(ACTION_PUBLIC, "public", false)                     /* no token: health, version, contract, problems */ \
	X(ACTION_READ_POLICY, "read_policy", false)           /* requirements, policies, samples */ \
	X(ACTION_SUBMIT, "submit", true)                      /* POST /v1/requests */ \
	X(ACTION_CHECK, "check", true)                        /* POST /v1/checks */ \
	X(ACTION_READ_REQUEST, "read_request", true)          /* one request, its timeline */ \
	X(ACTION_LIST_REQUESTS, "list_requests", true)        /* worklists */ \
	X(ACTION_SEARCH_REQUESTS, "search_requests", true)    /* by member */ \
	X(ACTION_SUPPLY_INFORMATION, "supply_information", true) \
	X(ACTION_LOG_OUTREACH, "log_outreach", true)          /* attempts to obtain what is missing */ \
	X(ACTION_RETURN, "return", true)                      /* return to sender, or set a proposed return aside */ \
	X(ACTION_WITHDRAW, "withdraw", true) \
	X(ACTION_RECORD_PLAN_FACTS, "record_plan_facts", true) /* what staff verified */ \
	X(ACTION_ASK_INFORMATION, "ask_information", true)    /* licensed staff ask for on-request items */ \
	X(ACTION_RECORD_CON, "record_certificate_of_need", true) \
	X(ACTION_FIND, "record_finding", true)                /* a licensed reviewer's answer */ \
	X(ACTION_READ_REVIEW, "read_review", true)            /* what a determination would need */ \
	X(ACTION_DETERMINE, "determine", true)                /* approve, approve in part, deny, correct */ \
	X(ACTION_RECORD_NOTICE, "record_notice", true) \
	X(ACTION_RECORD_PLACEMENT, "record_placement", true)  /* which an approval waits for */ \
	X(ACTION_APPEAL, "appeal", true)                      /* receive an appeal */ \
	X(ACTION_READ_APPEAL, "read_appeal", true) \
	X(ACTION_DECIDE_APPEAL, "decide_appeal", true) \
	X(ACTION_CLOSE, "close", true)                        /* of the manual route: handled elsewhere */ \
	X(ACTION_RECORD_CARE, "record_care", true)            /* POST /v1/service-records */ \
	X(ACTION_READ_CARE, "read_care", true)                /* service records, what is owed in them, attestations */ \
	X(ACTION_RECORD_OCCURRENCES, "record_occurrences", true) \
	X(ACTION_WAIVE, "waive_obligation", true) \
	X(ACTION_ATTEST, "attest", true)                      /* what a provider attests */ \
	X(ACTION_READ_DECISIONS, "read_decisions", true) \
	X(ACTION_READ_EVENTS, "read_events", true)            /* the feed */ \
	X(ACTION_READ_METRICS, "read_metrics", false) \
	X(ACTION_MOVE_CLOCK, "move_clock", false)             /* sandbox only */

enum action {
#define X(code, name, health) code,
	ACTIONS(X)
#undef X
	ACTION_COUNT
};
/* clang-format on */

enum { PRINCIPAL_PAYERS_MAX = 8 };

/* Who is calling. Strings are borrowed from whoever looked the principal up and live as long as the call. */
struct principal {
	const char *id; /* "prn_..." */
	enum role role;
	const char *organization; /* providers: whose requests they see; NULL for staff */
	const char *payers[PRINCIPAL_PAYERS_MAX]; /* staff: the payers they work for */
	size_t payer_count;
	const char *credential; /* licensed staff: "psychiatrist", ...; NULL otherwise */
	unsigned entitled; /* staff: labels of sensitivity that they may see (bits of enum label) */
};

/* What a record belongs to. */
struct ownership {
	const char *organization;
	const char *payer;
	unsigned sensitivity; /* its labels */
};

const char *role_name(enum role role);
bool role_from_name(const char *name, enum role *ret_role);
const char *action_name(enum action action);

/* The table. */
bool access_allows(enum role role, enum action action);

/*
 * Whether a record is the caller's business: providers by organization, staff by payer as far as they are entitled to its labels;
 * roles without health information: never.
 */
bool access_owns(const struct principal *principal, const struct ownership *ownership);

/* The labels whose records do not exist for the caller; lists leave them out. An organization always sees its own. */
unsigned access_hidden(const struct principal *principal);

#endif
