/* SPDX-License-Identifier: Apache-2.0 */
#include "review/certificate.h"

#include "base/civil.h"
#include "base/text.h"
#include "review/evidence.h"
#include "review/say.h"

#include <string.h>

/* What each end must show (rules C.8, D CON, X03), or say. */
static const struct ending {
	const char *outcome;
	bool needs; /* what the gate needs, however it ended */
	bool certifies; /* what certifies the need */
	bool note;
} endings[] = {
	{"certified", true, true, false},
	{"not_certified", true, false, false},
	{"closed_without_certification", false, false, true},
};

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

static const struct ending *ending_of(const struct amendment *amendment)
{
	const char *outcome = input_text(amendment, "outcome");
	size_t i = 0;
	while (i + 1 < sizeof(endings) / sizeof(endings[0]) && strcmp(endings[i].outcome, outcome) != 0) {
		i++;
	}
	return &endings[i];
}

static bool shown(const struct json *shows, const char *word)
{
	for (const struct json *node = json_first(shows); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(node), word) == 0) {
			return true;
		}
	}
	return false;
}

/* Every word that is not shown: the statement certifies all of it or does not certify. */
static void check_shown(const struct amendment *amendment, const struct item_words *words, const char *fix,
			struct issues *issues)
{
	const struct json *shows = json_member(amendment->input, "shows");
	for (size_t i = 0; i < words->count; i++) {
		if (!shown(shows, words->list[i])) {
			issues_add(issues, "/shows", "not_shown", fix, "found: nothing that shows it; needed: \"%s\", %s",
				   words->list[i], say_word(amendment->program->policy, words->list[i]));
		}
	}
}

/* Words that the gate does not know are slips, which must not pass for what is missing. */
static void check_words(const struct amendment *amendment, const struct item *gate, struct issues *issues)
{
	struct arena *arena = issues->arena;
	size_t count = gate->needs.count + gate->certifies.count;
	const char **known = arena_array(arena, count + 1, sizeof(*known));
	for (size_t i = 0; i < count; i++) {
		known[i] = i < gate->needs.count ? gate->needs.list[i] : gate->certifies.list[i - gate->needs.count];
	}
	const struct item_words words = {known, count};
	const struct json *shows = json_member(amendment->input, "shows");
	const struct json *node = json_first(shows);
	for (size_t index = 0; node != NULL; node = json_next(node), index++) {
		if (item_words_have(&words, json_text(node))) {
			continue;
		}
		const char *near = text_nearest(json_text(node), known, count);
		const char *fix = near != NULL ? arena_printf(arena, "Did you mean \"%s\"?", near)
					       : "Use the words of the gate in the requirements.";
		issues_add(issues, arena_printf(arena, "/shows/%zu", index), "unknown_word", fix,
			   "the policy knows nothing of this name that a certificate shows");
	}
}

/* What shows all that certifies the need has certified it, whatever it says. */
static void check_contradiction(const struct amendment *amendment, const struct item *gate, struct issues *issues)
{
	const struct json *shows = json_member(amendment->input, "shows");
	size_t count = 0;
	for (size_t i = 0; i < gate->certifies.count; i++) {
		count += shown(shows, gate->certifies.list[i]);
	}
	if (count > 0 && count == gate->certifies.count) {
		issues_add(issues, "/outcome", "contradictory",
			   "Send \"certified\", or leave out of `shows` what the statement does not find.",
			   "a statement that shows all that certifies the need is not one that does not certify it");
	}
}

static void check_shows(const struct amendment *amendment, const struct item *gate, struct issues *issues)
{
	const struct ending *ending = ending_of(amendment);
	const size_t before = issues->count;
	check_words(amendment, gate, issues);
	if (ending->needs) {
		check_shown(amendment, &gate->needs,
			    "Record it when it shows this too; until then the process is not complete.", issues);
	}
	if (ending->certifies) {
		check_shown(amendment, &gate->certifies, "A certificate without this does not certify the need.", issues);
	} else if (ending->needs && issues->count == before) {
		check_contradiction(amendment, gate, issues);
	}
}

/* A second record takes the place of the first and says why; without a word about it the call was refused before. */
static void check_correction(const struct amendment *amendment, struct issues *issues)
{
	const char *correction = input_text(amendment, "correction");
	if (correction == NULL) {
		return;
	}
	if (json_member(amendment->papers.plan, "con") == NULL) {
		issues_add(issues, "/correction", "nothing_to_correct", "Leave it out.",
			   "nothing is recorded that it could correct");
	} else if (text_blank(correction)) {
		issues_add(issues, "/correction", "blank", "Say what was wrong with the earlier record.",
			   "the correction says nothing");
	}
}

/* Perhaps long before the request: a certificate of an earlier referral counts from its day. Not before the member, not later than now. */
static struct instant completed_at(const struct amendment *amendment, struct issues *issues)
{
	struct instant at = {0};
	struct civil_date born;
	struct civil_date signed_on;
	const struct zone *zone = amendment->program->policy->zone;
	const char *birth = json_text(json_at(amendment->papers.body, "/member/birth_date"));
	const char *signature = input_text(amendment, "signed_on");
	(void)instant_parse(input_text(amendment, "completed_at"), &at);
	const struct civil_date day = zone_date(zone, at);
	if (instant_compare(at, amendment->call->now) > 0) {
		issues_add(issues, "/completed_at", "in_the_future", "Record it when it is complete.",
			   "it cannot have been completed later than now");
	} else if (at.us < 0 || (birth != NULL && civil_parse(birth, &born) && civil_compare(day, born) < 0)) {
		issues_add(issues, "/completed_at", "too_long_ago", "Give the instant at which it was complete.",
			   "it cannot have been completed before the member was born, nor before 1970");
	} else if (signature != NULL && civil_parse(signature, &signed_on) && civil_compare(day, signed_on) < 0) {
		issues_add(issues, "/signed_on", "out_of_time",
			   "Give the day of the signature, and the instant that completed it.",
			   "a statement that was signed later was not complete before");
	}
	return at;
}

struct instant certificate_check(const struct amendment *amendment, const struct item *gate, struct issues *issues)
{
	check_shows(amendment, gate, issues);
	if (ending_of(amendment)->note && text_blank(input_text(amendment, "note"))) {
		issues_add(issues, "/note", "missing_member", "Say why it was closed.",
			   "a process that was closed without certification needs a note");
	}
	evidence_check_document(amendment->papers.body, input_text(amendment, "document"), "/document", issues);
	check_correction(amendment, issues);
	return completed_at(amendment, issues);
}

bool certificate_certifies(const struct amendment *amendment)
{
	return ending_of(amendment)->certifies;
}
