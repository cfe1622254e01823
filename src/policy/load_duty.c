/* SPDX-License-Identifier: Apache-2.0 */
/* Obligations: what starts, fulfils and ends a duty, how long it has and how it comes again. */
#include "policy/duty_rule.h"
#include "policy/loader.h"

#include <string.h>

/* Reads {"calendar_days": 90} or {"years": 1}, never hours, which the sentences call {every}. */
static bool load_every(struct compiler *compiler, const struct json *json, const struct spot *spot, struct duty_rule *duty)
{
	static const char *const many[] = {
		[CLOCK_CALENDAR_DAYS] = "calendar days", [CLOCK_BUSINESS_DAYS] = "business days", [CLOCK_UNIT_COUNT] = "years"};
	static const char *const single[] = {
		[CLOCK_CALENDAR_DAYS] = "calendar day", [CLOCK_BUSINESS_DAYS] = "business day", [CLOCK_UNIT_COUNT] = "year"};
	const struct json *every = json_member(json, "every");
	const struct json *amount = json_first(every);
	const struct spot here = spot_member(spot, "every");
	struct clock_rule *rule = &duty->every.rule;
	int64_t value = 0;
	if (!every) {
		return true;
	}
	duty->every.years = amount && strcmp(json_name(amount), "years") == 0;
	rule->unit = CLOCK_CALENDAR_DAYS;
	if (!amount || !json_integer(amount, &value) ||
	    (!duty->every.years && !clock_unit_from_name(json_name(amount), &rule->unit))) {
		spot_issue(compiler->issues, &here, "no_unit", "must be a duration such as {\"calendar_days\": 90}");
		return false;
	}
	rule->amount = (int)value;
	const unsigned unit = duty->every.years ? CLOCK_UNIT_COUNT : (unsigned)rule->unit;
	phrase_text(&compiler->phrases.every,
		    arena_printf(compiler->arena, "%d %s", rule->amount, value == 1 ? single[unit] : many[unit]));
	return true;
}

static bool is_true(const struct json *json, const char *member)
{
	const struct json *node = json_member(json, member);
	return node && json_kind(node) == JSON_BOOLEAN && json_boolean(node);
}

static void load_periods(const struct json *json, struct duty_rule *duty)
{
	const char *word = json_text(json_member(json, "periods"));
	duty->periods = word ? PERIODS_WEEKS : is_true(json, "periods") ? PERIODS_FROM_START : PERIODS_NONE;
}

static bool load_selectors(struct compiler *compiler, const struct json *json, const struct spot *spot, struct duty_rule *duty)
{
	const struct {
		const char *member;
		unsigned parts;
		struct selector *selector;
	} rows[] = {
		{"starts", SELECTOR_WHICH, &duty->starts},
		{"fulfilled_by", SELECTOR_EARLIER | SELECTOR_SAME, &duty->fulfilled_by},
		{"until", SELECTOR_SAME, &duty->until},
	};
	bool good = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct json *node = json_member(json, rows[i].member);
		const struct spot here = spot_member(spot, rows[i].member);
		good = (!node || selector_compile(compiler, node, &here, rows[i].parts, rows[i].selector)) && good;
	}
	duty->has_until = json_member(json, "until") != NULL;
	return pause_compile(compiler, json, spot, &duty->paused) && good;
}

/* What ends a duty is recorded also when nothing else is any more. */
static void mark_ends(struct compiler *compiler, const struct selector *until)
{
	for (size_t i = 0; i < until->meant_count; i++) {
		compiler->vocabulary->occurrences->kinds[until->meant[i]].ends = true;
	}
}

/* A moment is asked for wherever hours are counted from it. */
static void mark_timed(struct compiler *compiler, const struct selector *selector)
{
	const struct occurrence_kinds *kinds = compiler->vocabulary->occurrences;
	for (size_t i = 0; i < selector->meant_count && !selector->has_day; i++) {
		kinds->kinds[selector->meant[i]].timed = true;
	}
}

static bool refuse(struct compiler *compiler, const struct spot *spot, const char *member, const char *why)
{
	const struct spot here = spot_member(spot, member);
	spot_issue(compiler->issues, &here, "wrong_kind", "%s", why);
	return false;
}

/* Attestations are records of their own: none is ever among what happens under care. */
static bool refuse_attestations(struct compiler *compiler, const struct spot *spot, const struct duty_rule *duty)
{
	const struct {
		const char *member;
		const struct selector *selector;
	} rows[] = {{"starts", &duty->starts}, {"fulfilled_by", &duty->fulfilled_by}, {"until", &duty->until}};
	const struct occurrence_kinds *kinds = compiler->vocabulary->occurrences;
	bool good = true;
	for (size_t i = 0; kinds && kinds->attests && i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < rows[i].selector->meant_count; k++) {
			if (rows[i].selector->meant[k] == kinds->attestation) {
				good = refuse(compiler, spot, rows[i].member,
					      "an attestation stands in a record of its own, never in running care");
			}
		}
	}
	return good;
}

/* What would mean nothing together. */
static bool check_sense(struct compiler *compiler, const struct spot *spot, const struct item *item,
			const struct duty_rule *duty)
{
	const bool every = duty->every.rule.amount > 0;
	const bool hours = item->clock.amount > 0 && item->clock.unit == CLOCK_HOURS;
	if (duty->periods == PERIODS_WEEKS && (every || item->clock.amount > 0)) {
		return refuse(compiler, spot, "periods", "calendar weeks say themselves how long a duty has");
	}
	if (duty->periods == PERIODS_FROM_START && !every) {
		return refuse(compiler, spot, "every", "periods need it");
	}
	if (hours && (every || duty->periods != PERIODS_NONE)) {
		return refuse(compiler, spot, "within", "a duty in hours comes once for each start");
	}
	if (duty->ahead && (every || duty->periods != PERIODS_NONE || item->clock.amount == 0)) {
		return refuse(compiler, spot, "ahead", "what is counted ahead has a time within and comes once for each start");
	}
	if (duty->ahead && !duty->starts.has_day) {
		return refuse(compiler, spot, "ahead",
			      "needs the member day of the start: what is not planned cannot be met ahead");
	}
	if (duty->ahead && hours) {
		return refuse(compiler, spot, "within", "what is counted ahead of a planned day is counted in days");
	}
	if (duty->fulfilled_by.earlier && (every || duty->periods != PERIODS_NONE)) {
		return refuse(compiler, spot, "fulfilled_by", "what came earlier cannot fulfil a duty that comes again");
	}
	if (duty->same_day && (every || item->clock.amount > 0 || duty->periods != PERIODS_NONE)) {
		return refuse(compiler, spot, "same_day", "what is due on the day itself has no other time");
	}
	if (duty->starts.latest && duty->each) {
		return refuse(compiler, spot, "each", "of every start none is the latest");
	}
	if (duty->anew && (!duty->has_until || duty->each)) {
		return refuse(compiler, spot, "anew", "begins again after what ends it: needs until, without each");
	}
	return true;
}

static bool check_attest(struct compiler *compiler, const struct json *json, const struct spot *spot)
{
	static const char *const others[] = {"starts", "fulfilled_by", "until",   "within",   "ahead",
					     "each",   "anew",         "periods", "same_day", "paused"};
	const struct occurrence_kinds *kinds = compiler->vocabulary->occurrences;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (json_member(json, others[i])) {
			return refuse(compiler, spot, others[i], "what is attested has none");
		}
	}
	if (!kinds || !kinds->attests) {
		return refuse(compiler, spot, "attest", "policy.json declares no occurrence \"attestation\"");
	}
	return true;
}

bool load_duty(struct compiler *compiler, const struct json *json, const struct spot *spot, struct item *item)
{
	if (item->kind != KIND_OBLIGATION) {
		return true;
	}
	struct duty_rule *duty = arena_alloc(compiler->arena, sizeof(*duty));
	item->duty = duty;
	duty->attest = is_true(json, "attest");
	duty->ahead = is_true(json, "ahead");
	duty->each = is_true(json, "each");
	duty->same_day = is_true(json, "same_day");
	duty->anew = is_true(json, "anew");
	duty->in_hours = item->clock.amount > 0 && item->clock.unit == CLOCK_HOURS;
	load_periods(json, duty);
	if (!load_every(compiler, json, spot, duty)) {
		return false;
	}
	if (duty->attest) {
		return check_attest(compiler, json, spot);
	}
	if (!json_member(json, "starts") || !json_member(json, "fulfilled_by")) {
		const struct spot here = spot_member(spot, json_member(json, "starts") ? "fulfilled_by" : "starts");
		spot_issue(compiler->issues, &here, "missing_member", "an obligation needs it unless it is attested");
		return false;
	}
	if (!load_selectors(compiler, json, spot, duty) || !refuse_attestations(compiler, spot, duty) ||
	    !check_sense(compiler, spot, item, duty)) {
		return false;
	}
	mark_ends(compiler, &duty->until);
	if (duty->in_hours) {
		mark_timed(compiler, &duty->starts);
		mark_timed(compiler, &duty->fulfilled_by);
	}
	return true;
}
