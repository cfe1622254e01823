/* SPDX-License-Identifier: Apache-2.0 */
/* The immutable set of policies that is in force, and which of its versions answers a request. Format: docs/policy-format.md. */
#ifndef AR_POLICY_POLICY_H
#define AR_POLICY_POLICY_H

#include "base/digest.h"
#include "base/shape.h"
#include "base/zone.h"
#include "domain/calendar.h"
#include "domain/clock.h"

struct check; /* policy/check.h */
struct window; /* policy/window.h */
struct vocabulary; /* policy/vocabulary.h */
struct table; /* policy/table.h */
struct fact_table; /* policy/fact_table.h */
struct duty_rule; /* policy/duty_rule.h */
struct limit_until; /* policy/limit_until.h */
struct sensitivity_rule; /* policy/sensitivity.h */

/* The plan's own tables, in the order of the set; a case may judge with others than the set's. */
struct policy_tables {
	const struct table *tables;
	size_t count;
};

enum item_kind {
	KIND_ELIGIBILITY,
	KIND_COMPLETENESS,
	KIND_INFORMATION,
	KIND_ON_REQUEST,
	KIND_GATE,
	KIND_CRITERION,
	KIND_JUDGMENT,
	KIND_LIMIT,
	KIND_CLOCK,
	KIND_OUTREACH,
	KIND_OBLIGATION,
	KIND_DETERMINATION,
	KIND_NOTICE,
	KIND_APPEAL,
	KIND_COUNT
};

const char *item_kind_name(enum item_kind kind);

/* What follows when an eligibility item is not met. */
enum item_then { THEN_REVIEW, THEN_FLAG, THEN_RETURN, THEN_ROUTE, THEN_NOT_REQUIRED, THEN_WAIT };

/* How many outreach attempts are owed: the first step whose `when` is met decides; the last has none. */
struct outreach_step {
	int count;
	const struct check *when; /* NULL: always */
};

/* What a rule about determinations governs; of an approval in part what it grants is approved, what it refuses denied. */
enum ruling { RULING_APPROVED = 1 << 0, RULING_DENIED = 1 << 1 };

/* Words of an item, those of "@lists" in their place. */
struct item_words {
	const char *const *list;
	size_t count;
};

bool item_words_have(const struct item_words *words, const char *word);

/* One testable statement of a policy. Strings and checks live as long as the set. */
struct item {
	const char *id;
	enum item_kind kind;
	enum item_then then;
	const char *const *cite; /* leaf clauses */
	size_t cite_count;
	const char *document; /* whose clauses are cited: the policy's or the overlay's id */
	const char *text; /* our sentence, placeholders filled in with the numbers of the check except {earliest} */
	const char *ask; /* what to send or do, or NULL */
	const char *unmet; /* what is so when it is not met, or NULL: the check says it; {dates} filled in when judged */
	bool unmet_adds; /* the sentence of the part that failed follows */
	const char *flag; /* code of the flag that is raised when not met, or NULL */
	const char *reason; /* THEN_RETURN and friends: "ineligible_all_dates" */
	const char *owner; /* who can cure it: "requesting_provider", "tcm", "plan", ... */
	const char *passes_to; /* who cures it instead where `passes_when` is met; NULL */
	const struct check *passes_when;
	const char *note; /* the reading that was chosen, or NULL */
	const struct check *when; /* NULL: always */
	const struct check *check; /* NULL for judgments, limits, clocks, outreach */
	const struct item *after; /* not listed until this one is met; NULL */
	const char *basis; /* clocks: "policy", "overlay" or "default"; information: "policy" or "default" */
	struct clock_rule clock; /* KIND_CLOCK; KIND_APPEAL from its receipt, KIND_NOTICE from the determination, or amount 0 */
	bool from_arrival; /* KIND_CLOCK: counted from the papers that made its `when` true, not from receipt */
	bool unknown_met; /* KIND_CLOCK, KIND_OBLIGATION: an unknown `when` starts it */
	int limit_days; /* KIND_LIMIT: inclusive days and per-day units of one authorization; 0: by another authority */
	const char *limit_source; /* KIND_LIMIT without days: "interqual" */
	const struct limit_until *until; /* KIND_LIMIT without days: up to a day; NULL */
	const char *criterion; /* KIND_CRITERION: "admission", "continued_stay", "discharge" or "exclusion"; NULL otherwise */
	struct clock_rule ask_again; /* KIND_LIMIT: how long before the end the next request should come; amount 0: not said */
	const struct outreach_step *attempts; /* KIND_OUTREACH */
	size_t attempt_count;
	struct clock_rule each_within; /* KIND_OUTREACH: each attempt follows receipt or the one before; amount 0: not said */
	unsigned of; /* KIND_DETERMINATION, KIND_NOTICE, KIND_APPEAL: enum ruling bits */
	struct item_words grounds; /* KIND_DETERMINATION: only of denials on these; none: on any */
	struct item_words needs; /* KIND_DETERMINATION: its parts; KIND_GATE: what its event must show, however it ended */
	struct item_words certifies; /* KIND_GATE: what it must show in addition where the need is certified */
	const char *event; /* KIND_GATE: what it waits for, by the name that its check uses */
	const char *certified_as; /* KIND_GATE: the event that is recorded with it where the need is certified, or NULL */
	struct item_words words; /* KIND_DETERMINATION: what the need may be answered with; none: anything */
	struct item_words by; /* KIND_JUDGMENT, KIND_DETERMINATION, KIND_APPEAL: credentials of who answers or decides */
	struct item_words to; /* KIND_NOTICE: who is told */
	struct item_words from; /* KIND_APPEAL: who may appeal */
	const char *appeal; /* KIND_APPEAL: "expedited" or "standard" */
	bool within_due; /* KIND_NOTICE: by the determination's own due instant, else within `clock` */
	const struct duty_rule
		*duty; /* KIND_OBLIGATION: its duties; `clock` is the time that one has, amount 0 where none is set */
	const char *unapprovable; /* of a flag: the basis on which its days cannot be approved ("retroactive_days"), or NULL */
	bool at_once; /* return and not_required: the machine closes at once when `verified_by` is verified; else it proposes */
	unsigned verified_by; /* enum plan_fact bits */
	const struct window *window; /* the window of its check, for {earliest}; NULL */
	bool looks_elsewhere; /* its check asks for other authorizations of the member */
	size_t index; /* among the items of its version */
	const struct json *json; /* the item as written, for /v1/requirements and /v1/policies */
};

/* The words of /review, those of requests first; ends with NULL. */
enum { REVIEWS_OF_REQUESTS = 4, REVIEW_COUNT = 6 };
extern const char *const review_names[];

/* Whether a review is one of records: "care" (a service record) or "standing" (what a provider attests). */
bool review_of_record(const char *review);

/* The items that answer one service and review, in the order of the policy, overlays last. */
struct program {
	const struct policy *policy;
	const char *service; /* "PRTS" */
	const char *review; /* "initial" */
	bool recorded; /* what is sent is recorded at once and never decided; so are records always */
	bool needs_approval; /* of care: it begins with an approved request alone */
	const struct item *const *items;
	size_t item_count;
	const char *route; /* manual route: why; NULL when the policy answers */
};

/* Clocks of the law, which versions of several policies take up. */
struct policy_overlay {
	const char *id; /* "federal-medicaid" */
	const char *title;
	const char *file; /* "overlays/federal-medicaid.json" */
	const struct json *json;
	const char *digest_hex; /* of its file */
	bool sound; /* it has the form of an overlay; else what is wrong has been told */
};

/* One version of one policy. */
struct policy {
	const char *id; /* "trillium-isa" */
	const char *version; /* "2019-03-06" */
	const char *title;
	const char *payer;
	struct civil_date in_force_from;
	struct civil_date in_force_to; /* last day, or 9999-12-31 */
	struct civil_date review_due; /* 0001-01-01 when the source sets none */
	bool draft; /* checked and tested, but decides nothing */
	const struct zone *zone;
	const struct calendar *calendar;
	const struct policy_overlay *const *overlays;
	size_t overlay_count;
	const struct shape *request; /* schema/request.json with this policy's declarations */
	const struct shape *information; /* schema/information.json with them */
	struct digest digest; /* of `text` */
	char digest_hex[DIGEST_HEX_SIZE];
	const struct program *programs;
	size_t program_count;
	const struct item *const *items; /* all of the version, then those of its overlays */
	size_t item_count;
	const struct fact_table *fact_tables; /* plan facts that a table of the plan answers */
	size_t fact_table_count;
	const struct sensitivity_rule *sensitivity; /* which content it labels, for every service and review */
	size_t sensitivity_count;
	const struct vocabulary *vocabulary; /* what it declares, and where mechanisms find it in a request */
	const struct json *manifest; /* policy.json */
	const struct json *clauses; /* clauses.json */
	const char *text; /* every file of the version but its cases in one JSON object by name, kept in the store by digest */
	size_t text_length;
};

/* The item with that id, of a version or of what it asks of one service and review; NULL when there is none, and of NULL. */
const struct item *policy_item_find(const struct policy *policy, const char *id);
const struct item *program_item_find(const struct program *program, const char *id);

struct policy_set;

/*
 * Loads every policy, calendar, overlay and table below DIRECTORY, and the plan's own tables of the directory TABLES (or NULL), each in
 * place of the one with its name; SCHEMA finds the schemas (embedded in the binary). All problems are added to ISSUES as "file#pointer"
 * or "file:line"; NULL when there was one. Nothing of the set changes afterwards; free with policy_set_destroy.
 */
struct policy_set *policy_set_load(const char *directory, const char *tables, shape_file_fn schema, void *schema_context,
				   struct issues *issues) AR_MUST_CHECK;
void policy_set_destroy(struct policy_set *set);

size_t policy_set_count(const struct policy_set *set);
const struct policy *policy_set_at(const struct policy_set *set, size_t index);
const struct policy *policy_set_find(const struct policy_set *set, const char *id, const char *version);
/* Whether the version is there and no draft. */
bool policy_set_decides(const struct policy_set *set, const char *id, const char *version);

/* The shape without any policy's declarations: for bodies whose payer or service is not known. */
const struct shape *policy_set_request_shape(const struct policy_set *set);

/* The set's own tables. */
const struct policy_tables *policy_set_tables(const struct policy_set *set);

/* The calendars and overlays of the set, by id, whether or not a version uses them. */
const struct calendar *policy_set_calendars(const struct policy_set *set, size_t *ret_count);
const struct policy_overlay *policy_set_overlays(const struct policy_set *set, size_t *ret_count);

/* The schemas the set was loaded with, by file name ("cases.json"); NULL when there is none. */
const struct json *policy_set_schema(const struct policy_set *set, const char *file);

/* How a request finds its program. */
enum policy_match {
	POLICY_ANSWERS, /* ret_program is set */
	POLICY_MANUAL, /* ret_program is set and its `route` says why */
	POLICY_UNKNOWN_PAYER, /* 422 at /payer */
	POLICY_UNKNOWN_SERVICE, /* 422 at /service: no policy of this payer knows the word */
	POLICY_UNKNOWN_REVIEW, /* 422 at /review */
	POLICY_NONE_IN_FORCE /* the payer's policy knows the service, but no version was in force: manual route, ret_program of the nearest version */
};

/* SERVICE may be an alias ("PDTs"); the version in force on the local day of receipt decides, a draft never. */
enum policy_match policy_set_match(const struct policy_set *set, const char *payer, const char *service, const char *review,
				   struct instant received_at, const struct program **ret_program);

/* As policy_set_match within one version, whether or not it is a draft: for its own cases. */
enum policy_match policy_match_own(const struct policy *policy, const char *service, const char *review,
				   struct instant received_at, const struct program **ret_program);

/* Closed lists of the whole set, for suggestions. */
const char *const *policy_set_payers(const struct policy_set *set, size_t *ret_count);
const char *const *policy_set_services(const struct policy_set *set, const char *payer, size_t *ret_count);

#endif
