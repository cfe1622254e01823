/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evaluation: the items of a program against the slots of a request. Pure: no I/O, no clock of its own, no tree walking, no allocation
 * outside the given arena; the same input gives the same output. It records findings and what follows; it never approves or denies.
 */
#ifndef AR_POLICY_EVALUATE_H
#define AR_POLICY_EVALUATE_H

#include "domain/answer.h"
#include "domain/days.h"
#include "domain/lifecycle.h"
#include "policy/policy.h"

struct care_duty; /* policy/duty.h */
struct duty_waiver;
struct attestation;
struct unworded; /* policy/trace.h */

/* Which plan facts staff or a loaded table have verified (the rest is asserted by the submitter). */
enum plan_fact {
	FACT_ELIGIBILITY = 1 << 0,
	FACT_PARTICIPATION = 1 << 1,
	FACT_OTHER_INSURANCE = 1 << 2,
	FACT_LINE_OF_BUSINESS = 1 << 3
};

/* Something that was recorded about a request. */
struct recorded_event {
	const char *name; /* "con_completed", as the policies use it */
	struct instant at;
};

/* What a table of the plan said about a plan fact. */
struct told_fact {
	const char *fact; /* "eligibility" */
	const char *table; /* its name */
	const char *digest; /* of the file that holds its rows, in hexadecimal; empty when they came from none */
	bool verified; /* else it says otherwise than the request */
};

enum { TOLD_FACTS_MAX = 4 /* as many as there are plan facts */ };

/* Another authorization of the member that stands, outside the episode of the request. */
struct held_days {
	const char *service;
	struct day_set days;
};

struct submission {
	const struct policy_set *set; /* its tables, unless others are given */
	const struct policy_tables *tables; /* NULL: the set's own */
	const struct program *program;
	const struct record *body; /* decoded with program->policy->request */
	struct instant received_at; /* fixed at receipt */
	struct civil_date received_on; /* its local day */
	struct instant arrived_at; /* when the newest papers arrived, for clocks counted from arrival; us 0: received_at */
	struct civil_date today; /* local day on which the newest papers arrived: no document may be dated later */
	unsigned verified; /* enum plan_fact bits */
	const struct recorded_event *events; /* so far, in the order in which they were recorded */
	size_t event_count;
	/* On-request items that licensed staff have asked for, by item id. */
	const char *const *asked;
	size_t asked_count;
	const struct held_days *held; /* what else the member is authorized for; asked only where an item `looks_elsewhere` */
	size_t held_count;
	struct instant now; /* when duties are judged; us 0: when the newest papers arrived */
	const struct duty_waiver *waivers; /* of duties */
	size_t waiver_count;
};

enum problem {
	PROBLEM_MISSING,
	PROBLEM_STALE,
	PROBLEM_INVALID,
	PROBLEM_UNQUALIFIED,
	PROBLEM_UNSIGNED,
	PROBLEM_UNANSWERED,
	PROBLEM_WRONG_KIND,
	PROBLEM_COUNT
};

const char *problem_name(enum problem problem);

/* One thing to cure: an item may have several. */
struct entry {
	const struct item *item;
	const char *pointer; /* into the body; "/documents/-" for a document that is not there */
	enum problem problem;
	const char *found; /* "2026-11-01", or NULL; never a name, id or free text of the body */
	const char *needed; /* "2026-11-06 or later" */
	const char *say; /* one sentence for people */
	const char *fix; /* what to do */
	const char *owner; /* who can cure it, where that is not the item's owner; else NULL */
	const char *unwanted; /* what is recorded and may not be, with its day; or NULL */
	const struct unworded *unworded; /* NULL in what evaluate() lists */
};

struct finding {
	const struct item *item;
	enum answer answer;
	const char *say; /* why, when not met or unknown; NULL otherwise */
	const struct entry *entries; /* what the check found, for not met and unknown */
	size_t entry_count;
};

struct flag {
	const struct item *item;
	const char *code; /* item->flag */
	const char *say;
	const char *fix; /* what to do, or NULL */
	const char *pointer; /* or NULL */
	struct day_set days; /* days concerned; may be empty */
};

/* What was asked above what one authorization may hold. */
struct limit_excess {
	const struct item *item;
	const char *pointer;
	struct civil_date from; /* the first day that can be reviewed */
	struct civil_date asked_to;
	struct civil_date allowed_to;
	int64_t asked_days;
	int64_t allowed_days;
	double asked_units; /* as written; 0 when units are not counted in days */
	double allowed_units;
	const char *say;
	const char *unreviewed; /* what is said in its place where nobody reviews the request */
};

struct clock {
	const struct item *item;
	struct instant started_at;
	struct clock_due due;
	const char *say; /* "7 business days from receipt on Fri 2026-11-20" */
	const struct json *stored; /* as it was written when it was counted; NULL: it was counted just now */
};

/* A return that follows from facts when nothing is missing (C.15.2 to C.15.5 and their like). */
struct return_reason {
	const struct item *item;
	const char *reason; /* item->reason */
	bool verified; /* on verified facts: the machine returns at once; else it proposes */
	const char *say;
	const char *fix; /* what to do, or NULL */
};

struct evaluation {
	struct entry *missing; /* completeness, in the order of the policy */
	size_t missing_count;
	struct entry *requested; /* information, and on-request items that were asked for */
	size_t requested_count;
	struct finding *findings; /* eligibility, criterion, judgment, gate; not_applicable left out */
	size_t finding_count;
	struct flag *flags;
	size_t flag_count;
	struct limit_excess *limits;
	size_t limit_count;
	struct clock *clocks; /* policy first, overlays last */
	size_t clock_count;
	struct return_reason *returns;
	size_t return_count;
	const struct told_fact *told; /* what tables of the plan said; not what staff verified */
	size_t told_count;
	const struct item **rules; /* determination, notice, appeal, limit, gate and outreach items that apply */
	size_t rule_count;
	const struct item *outreach; /* the rule that counts attempts, or NULL */
	int attempts_owed; /* before a return for missing items; 0 when the policy knows no return */
	const struct item *open_gate; /* NULL when none is open */
	const char *route; /* manual route: why */
	const struct item *not_required;
	struct care_duty *duties; /* what obligations of care owe, items in the order of the policy, each by its beginning */
	size_t duty_count;
	struct attestation *attestations; /* one for each item with `attest` */
	size_t attestation_count;
	struct day_set requested_days;
	unsigned sensitivity; /* labels that the policy sets (bits of enum label) */
	struct standing standing;
	enum status status;
	enum waiting_on waiting_on;
};

void evaluate(const struct submission *submission, struct arena *arena, struct evaluation *ret_evaluation);

/* The labels alone, where the version judges nothing else of it. */
unsigned evaluate_sensitivity(const struct submission *submission, struct arena *arena);

#endif
