/* SPDX-License-Identifier: Apache-2.0 */
#include "library.h"

#include "base/json_write.h"
#include "fixture.h"
#include "policy/files.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct good_file {
	const char *name;
	const char *text;
};

static const struct good_file good_files[] = {
	{"calendars/usual.json",
	 "{\"calendar\":\"usual\",\"title\":\"Usual\",\"from\":\"2026-01-01\",\"to\":\"2026-12-31\","
	 "\"holidays\":[{\"on\":\"2026-03-17\",\"name\":\"Day off\"},{\"on\":\"2026-07-03\",\"name\":\"Independence Day\"}]}"},
	{"tables/arq.json", "{\"table\":\"arq\",\"title\":\"List\",\"columns\":{\"code\":\"text\",\"from\":\"date\",\"to\":"
			    "\"date\",\"required\":\"boolean\"},"
			    "\"rows\":[{\"code\":\"H1\",\"required\":true}]}"},
	{"overlays/law.json",
	 "{\"overlay\":\"law\",\"title\":\"Law\",\"clauses\":[{\"clause\":\"L.1\",\"title\":\"Time\"}],\"items\":["
	 "{\"id\":\"law.decide\",\"cite\":[\"L.1\"],\"kind\":\"clock\",\"basis\":\"overlay\",\"within\":{\"calendar_days\":14},"
	 "\"text\":\"Within {amount}.\"}]}"},
	{"sketch/1/policy.json",
	 "{\"policy\":\"sketch\",\"version\":\"1\",\"title\":\"Sketch\",\"payer\":\"acme\",\"in_force\":{\"from\":\"2026-01-"
	 "01\",\"to\":null},"
	 "\"source\":{\"title\":\"Sketch\"},\"zone\":\"America/Los_Angeles\",\"calendar\":\"usual\",\"overlays\":[\"law\"],"
	 "\"answers\":[{\"service\":\"CARE\",\"title\":\"Care\",\"reviews\":[\"initial\",\"concurrent\"],\"aliases\":[\"care\"]"
	 "}],"
	 "\"manual\":[{\"service\":\"OTHER\",\"reviews\":null,\"reason\":\"Staff take these.\"}],"
	 "\"lists\":{\"able\":[\"lmp\",\"qmhp\"]},"
	 "\"documents\":{\"note\":{\"title\":\"Assessment\",\"sections\":[\"history\"]},\"plan\":{\"title\":\"Plan\"}},"
	 "\"sections\":{\"history\":\"History\"},"
	 "\"facts\":{\"risk\":{\"type\":[\"boolean\",\"null\"],\"title\":\"Risk is shown\"},"
	 "\"occurrences\":{\"type\":[\"array\",\"null\"],\"maxItems\":100,\"title\":\"what "
	 "happened\",\"items\":{\"type\":\"object\","
	 "\"additionalProperties\":false,\"properties\":{\"id\":{\"type\":\"string\",\"maxLength\":9},"
	 "\"kind\":{\"type\":\"string\",\"enum\":[\"referral\",\"outreach\"]},\"on\":{\"type\":\"string\",\"format\":\"date\"},"
	 "\"at\":{\"type\":\"string\",\"format\":\"date-time\"},\"recorded_by\":{\"type\":\"string\",\"maxLength\":9},"
	 "\"recorded_at\":{\"type\":\"string\",\"format\":\"date-time\"},\"retracts\":{\"type\":\"string\",\"maxLength\":9},"
	 "\"reason\":{\"type\":\"string\",\"maxLength\":99}}}}},"
	 "\"occurrences\":{\"referral\":{\"title\":\"Referral\"},\"outreach\":{\"title\":\"Outreach\"}},"
	 "\"items\":[\"items.json\",\"more.json\"]}"},
	{"sketch/1/items.json",
	 "{\"section\":\"A\",\"title\":\"All\",\"items\":["
	 "{\"id\":\"s.dates\",\"cite\":[\"A.1\"],\"kind\":\"completeness\",\"text\":\"There are "
	 "dates.\",\"check\":{\"service_dates\":{}}},"
	 "{\"id\":\"s.note\",\"for\":[\"CARE/initial\"],\"cite\":[\"A.2\"],\"kind\":\"information\","
	 "\"text\":\"The note is of the last {window}.\",\"ask\":\"Send a note of {earliest} or later.\","
	 "\"check\":{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":60},\"author\":[\"@able\"]}}},"
	 "{\"id\":\"s.history\",\"for\":[\"CARE/initial\"],\"cite\":[\"A.2\"],\"kind\":\"information\",\"after\":\"s.note\","
	 "\"text\":\"The note has a history.\",\"check\":{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"]}}},"
	 "{\"id\":\"s.plan\",\"cite\":[\"A.2\"],\"kind\":\"information\",\"when\":{\"is\":{\"at\":\"/facts/"
	 "risk\",\"value\":true}},"
	 "\"text\":\"With risk there is a plan.\",\"ask\":\"Say whether there is a risk; if so, send the "
	 "plan.\",\"check\":{\"document\":{\"types\":[\"plan\"]}}},"
	 "{\"id\":\"s.listed\",\"cite\":[\"A.3\"],\"kind\":\"eligibility\",\"then\":\"not_required\",\"reason\":\"not_listed\","
	 "\"flag\":\"maybe_not_listed\",\"verified_by\":[\"participation\"],\"text\":\"The list asks for it.\",\"unmet\":\"The "
	 "list does not ask for it.\","
	 "\"check\":{\"not\":{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/"
	 "code\"},\"expect\":{\"required\":false}}}}},"
	 "{\"id\":\"s.covered\",\"cite\":[\"A.3\"],\"kind\":\"eligibility\",\"then\":\"return\",\"reason\":\"ineligible\","
	 "\"verified_by\":[\"eligibility\"],\"text\":\"Some day is covered.\",\"unmet\":\"No day is covered: "
	 "{dates}.\",\"ask\":\"Ask the other plan.\",\"check\":{\"days\":{\"any\":\"covered\"}}},"
	 "{\"id\":\"s.early\",\"cite\":[\"A.3\"],\"kind\":\"eligibility\",\"then\":\"flag\",\"flag\":\"late_days\","
	 "\"unapprovable\":\"retroactive_days\","
	 "\"text\":\"No day has passed.\",\"unmet\":\"These days have passed: {dates}.\",\"ask\":\"Ask for coming "
	 "days.\",\"check\":{\"days\":{\"no\":\"before_receipt\"}}},"
	 "{\"id\":\"s.product\",\"cite\":[\"A.3\"],\"kind\":\"eligibility\",\"then\":\"route\",\"reason\":\"other product\","
	 "\"text\":\"The product is "
	 "ours.\",\"check\":{\"one_of\":{\"at\":\"/member/product\",\"words\":[\"ours\"],\"absent\":\"met\"}}},"
	 "{\"id\":\"s.age\",\"cite\":[\"A.4\"],\"kind\":\"criterion\",\"criterion\":\"admission\",\"flag\":\"grown_up\","
	 "\"text\":\"The member is below {years} years.\",\"check\":{\"age_below\":{\"years\":18,\"on\":[\"receipt\"]}}},"
	 "{\"id\":\"s.both\",\"for\":[\"CARE/"
	 "initial\"],\"cite\":[\"A.4\"],\"kind\":\"criterion\",\"criterion\":\"admission\",\"text\":\"Age and note are "
	 "right.\",\"unmet\":\"Age or note is wrong.\","
	 "\"check\":{\"all\":[{\"item\":\"s.age\"},{\"item\":\"s.note\"}]}},"
	 "{\"id\":\"s.need\",\"cite\":[\"A.4\"],\"kind\":\"judgment\",\"text\":\"The care is needed.\",\"by\":[\"@able\"]},"
	 "{\"id\":\"s.gate\",\"for\":[\"CARE/initial\"],\"cite\":[\"A.5\"],\"kind\":\"gate\",\"text\":\"Somebody has "
	 "certified.\","
	 "\"needs\":[\"signed\"],\"certifies\":[\"needed\",\"@able\"],\"certified_as\":\"needed\",\"check\":{\"event\":{"
	 "\"name\":\"certified\"}}},"
	 "{\"id\":\"s.ask\",\"cite\":[\"A.5\"],\"kind\":\"on_request\",\"text\":\"There is a "
	 "plan.\",\"check\":{\"document\":{\"types\":[\"plan\"]}}},"
	 "{\"id\":\"s.limit\",\"cite\":[\"A.6\"],\"kind\":\"limit\",\"days\":14,\"ask_again\":{\"hours\":24},\"text\":\"At "
	 "most {days} days.\"},"
	 "{\"id\":\"s.decide\",\"cite\":[\"A.6\"],\"kind\":\"clock\",\"within\":{\"business_days\":7},\"text\":\"Within "
	 "{amount}.\"},"
	 "{\"id\":\"s.urgent\",\"cite\":[\"A.6\"],\"kind\":\"clock\",\"within\":{\"hours\":24},\"unknown\":\"met\","
	 "\"when\":{\"is\":{\"at\":\"/facts/risk\",\"value\":true}},\"text\":\"Within {amount} with risk.\"},"
	 "{\"id\":\"s.tries\",\"cite\":[\"A.6\"],\"kind\":\"outreach\",\"each_within\":{\"business_days\":1},\"text\":\"{"
	 "attempts} tries, each within {amount}.\",\"attempts\":["
	 "{\"count\":2,\"when\":{\"one_of\":{\"at\":\"/member/"
	 "line_of_business\",\"words\":[\"medicaid\"],\"absent\":\"not_met\"}}},{\"count\":3}]},"
	 "{\"id\":\"s.say\",\"cite\":[\"A.6\"],\"kind\":\"notice\",\"to\":[\"member\"],\"within\":{\"calendar_days\":3},"
	 "\"text\":\"The member is told within {amount}.\"},"
	 "{\"id\":\"s.denial\",\"cite\":[\"A.6\"],\"kind\":\"determination\",\"of\":[\"denied\"],\"needs\":[\"rationale\"],"
	 "\"grounds\":[\"criterion_not_met\"],\"words\":[\"x\",\"y\"],\"by\":[\"boss\",\"@able\"],\"text\":\"A denial has a "
	 "rationale.\"},"
	 "{\"id\":\"s.tell\",\"cite\":[\"A.6\"],\"kind\":\"notice\",\"to\":[\"practitioner\"],\"of\":[\"denied\"],\"within\":"
	 "\"due_at\","
	 "\"text\":\"The practitioner is told.\"}]}"},
	{"sketch/1/more.json",
	 "{\"section\":\"A\",\"title\":\"More\",\"items\":["
	 "{\"id\":\"s.appeal\",\"cite\":[\"A.6\"],\"kind\":\"appeal\",\"appeal\":\"expedited\",\"of\":[\"denied\"],"
	 "\"from\":[\"practitioner\",\"member\"],\"within\":{\"hours\":72},\"by\":[\"@able\"],\"text\":\"Decided within "
	 "{amount}.\"},"
	 "{\"id\":\"s.before\",\"cite\":[\"A.5\"],\"kind\":\"eligibility\",\"then\":\"flag\",\"flag\":\"before_certified\","
	 "\"unapprovable\":\"before_con\",\"text\":\"No day is too early.\",\"unmet\":\"These days are too early: "
	 "{dates}.\",\"ask\":\"Ask for later days.\","
	 "\"check\":{\"days\":{\"no\":\"before_event\",\"event\":\"certified\",\"absent\":\"met\"}}},"
	 "{\"id\":\"s.risky\",\"cite\":[\"A.6\"],\"kind\":\"determination\",\"of\":[\"approved\",\"denied\"],\"needs\":["
	 "\"rationale\"],"
	 "\"when\":{\"is\":{\"at\":\"/facts/risk\",\"value\":true}},\"text\":\"With risk a determination says how the member "
	 "is kept safe.\"},"
	 "{\"id\":\"s.duty\",\"cite\":[\"A.6\"],\"kind\":\"obligation\",\"starts\":{\"occurrence\":[\"referral\"]},"
	 "\"within\":{\"calendar_days\":5},\"fulfilled_by\":{\"occurrence\":[\"outreach\"]},\"text\":\"First try within "
	 "{amount}.\"}]}"},
	{"sketch/1/clauses.json", "{\"document\":\"Sketch\",\"clauses\":[{\"clause\":\"A\",\"title\":\"All\",\"heading\":true},"
				  "{\"clause\":\"A.1\",\"title\":\"Dates\"},"
				  "{\"clause\":\"A.2\",\"title\":\"Papers\"},{\"clause\":\"A.3\",\"title\":\"Who\"},{"
				  "\"clause\":\"A.4\",\"title\":\"Criteria\"},"
				  "{\"clause\":\"A.5\",\"title\":\"Gate\"},{\"clause\":\"A.6\",\"title\":\"Rest\"},"
				  "{\"clause\":\"A.7\",\"title\":\"Words\",\"not_automated\":\"only words\"}]}"},
};

enum { GOOD_FILES = sizeof(good_files) / sizeof(good_files[0]) };

static void make_parents(char *path)
{
	for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		(void)mkdir(path, 0700);
		*at = '/';
	}
}

void library_write(struct library *library, const char *file, const char *text)
{
	char *path = arena_printf(library->arena, "%s/%s", library->directory, file);
	make_parents(path);
	FILE *stream = fopen(path, "wbe");
	ck_assert_msg(stream != NULL, "%s cannot be written", path);
	fputs(text, stream);
	fclose(stream);
}

void library_init(struct library *library)
{
	const char *root = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	*library = (struct library){.arena = arena_create()};
	char *directory = arena_printf(library->arena, "%s/authreview-policies-XXXXXX", root);
	ck_assert(mkdtemp(directory) != NULL);
	library->directory = directory;
	for (size_t i = 0; i < GOOD_FILES; i++) {
		library_write(library, good_files[i].name, good_files[i].text);
	}
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

void library_finish(struct library *library)
{
	(void)nftw(library->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_destroy(library->arena);
}

void library_put(struct library *library, struct arena *arena, const char *file, const struct json *json)
{
	struct text text;
	struct json_writer writer;
	text_init(&text, arena, 4096);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, json);
	library_write(library, file, text.data);
}

static void write_edited(struct library *library, const struct json *json, const struct library_change *change)
{
	struct err err = {0};
	const struct json *value = change->value ? fixture_json(library->arena, change->value) : NULL;
	json = json_edit(library->arena, json, change->pointer, value, &err);
	ck_assert_msg(json != NULL, "%s: %s", change->pointer, err.detail);
	library_put(library, library->arena, change->file, json);
}

void library_change(struct library *library, const struct library_change *change)
{
	for (size_t i = 0; change->file && i < GOOD_FILES; i++) {
		if (strcmp(good_files[i].name, change->file) == 0) {
			write_edited(library, fixture_json(library->arena, good_files[i].text), change);
			return;
		}
	}
	ck_assert_msg(!change->file, "there is no good file %s", change->file ? change->file : "");
}

void library_change_more(struct library *library, const struct library_change *change)
{
	struct issues issues;
	issues_init(&issues, library->arena);
	const char *path = arena_printf(library->arena, "%s/%s", library->directory, change->file);
	const struct json *json = files_json(library->arena, path, change->file, &issues);
	ck_assert(json != NULL);
	write_edited(library, json, change);
}

struct policy_set *library_load(struct library *library)
{
	issues_init(&library->issues, library->arena);
	return policy_set_load(library->directory, library->tables, fixture_schema, library->arena, &library->issues);
}
