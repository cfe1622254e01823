/* SPDX-License-Identifier: Apache-2.0 */
/* Every check: met, not met, unknown, and what it explains. A row's supplement is merged over one base body. */
#include "fixture.h"

#include "../run_suite.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *check;
	const char *supplement;
	enum answer answer;
	const char *entries;
	const char *received;
	const char *today;
	unsigned verified;
	const char *event;
};

#define MET ANSWER_MET
#define NOT ANSWER_NOT_MET
#define UNKNOWN ANSWER_UNKNOWN

static const char risk[] = "{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}";

#define HAPPENED(list) "{\"facts\":{\"occurrences\":[" list "]}}"
#define V(day, more) "{\"kind\":\"visit\",\"on\":\"" day "\"" more "}"
#define A(day) "{\"kind\":\"arrival\",\"on\":\"" day "\"}"
#define L(day) "{\"kind\":\"leaving\",\"on\":\"" day "\"}"
#define VISITS(manner) "{\"occurrences\":{\"of\":{\"occurrence\":[\"visit\"]}," manner "}}"
#define STAYED(more, manner) \
	"{\"occurrences\":{\"of\":{\"occurrence\":[\"visit\"]},\"during\":{\"from\":{\"occurrence\":[\"arrival\"]}," \
	"\"to\":{\"occurrence\":[\"leaving\"]}" more "}," manner "}}"
#define LEFT "{\"followed\":{\"of\":{\"occurrence\":[\"visit\"]},\"by\":[{\"occurrence\":[\"leaving\"]}],\"within\":{\"days\":10}}}"

static const struct row rows[] = {
	/* is */
	{risk, NULL, MET, "", NULL, NULL, 0, NULL},
	{risk, "{\"facts\":{\"risk\":false}}", NOT, "invalid /facts/risk", NULL, NULL, 0, NULL},
	{risk, "{\"facts\":{\"risk\":null}}", UNKNOWN, "unanswered /facts/risk", NULL, NULL, 0, NULL},
	{"{\"is\":{\"at\":\"/facts/tasks/*/active\",\"value\":true}}", "{\"facts\":{\"tasks\":[{\"active\":true},{\"active\":null}]}}",
	 UNKNOWN, "unanswered /facts/tasks/1/active", NULL, NULL, 0, NULL},
	{"{\"is\":{\"at\":\"/facts/tasks/*/active\",\"value\":true}}", "{\"facts\":{\"tasks\":[]}}", UNKNOWN,
	 "unanswered /facts/tasks/-", NULL, NULL, 0, NULL},
	/* stated: what is not given cannot be told */
	{"{\"stated\":{\"at\":\"/facts/remark\"}}", "{\"facts\":{\"remark\":\"x\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"stated\":{\"at\":\"/facts/remark\"}}", "{\"facts\":{\"remark\":\" \"}}", UNKNOWN, "unanswered /facts/remark", NULL, NULL, 0, NULL},
	{"{\"stated\":{\"at\":\"/facts/remark\"}}", NULL, UNKNOWN, "unanswered /facts/remark", NULL, NULL, 0, NULL},
	{"{\"stated\":{\"at\":\"/facts/needs\"}}", "{\"facts\":{\"needs\":[]}}", NOT, "invalid /facts/needs", NULL, NULL, 0, NULL},
	/* whole */
	{"{\"whole\":{\"at\":\"/lines/*/units\"}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"whole\":{\"at\":\"/lines/*/units\"}}", "{\"lines\":[{\"units\":2},{\"units\":1.5}]}", NOT, "invalid /lines/1/units", NULL, NULL, 0, NULL},
	{"{\"whole\":{\"at\":\"/lines/*/units\"}}", "{\"lines\":[{\"units\":2},{\"units\":null}]}", UNKNOWN, "unanswered /lines/1/units", NULL, NULL, 0, NULL},
	{"{\"whole\":{\"at\":\"/lines/*/units\"}}", "{\"lines\":[]}", UNKNOWN, "unanswered /lines/-", NULL, NULL, 0, NULL},
	/* hours_cover_units: fourteen days are two weeks, a day more is three */
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}", "{\"facts\":{\"hours\":2},\"lines\":[{\"units\":16,\"unit\":\"15min\"}]}", MET, "",
	 NULL, NULL, 0, NULL},
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}", "{\"facts\":{\"hours\":2},\"lines\":[{\"units\":17,\"unit\":\"15min\"}]}", NOT,
	 "invalid /lines/0/units", NULL, NULL, 0, NULL},
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}",
	 "{\"facts\":{\"hours\":2},\"lines\":[{\"units\":17,\"unit\":\"15min\"}],\"service_period\":{\"end\":\"2026-03-23\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}",
	 "{\"facts\":{\"hours\":2},\"lines\":[{\"units\":3,\"unit\":\"hour\"},{\"units\":4,\"unit\":\"15min\"}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}",
	 "{\"facts\":{\"hours\":2},\"lines\":[{\"units\":3,\"unit\":\"hour\"},{\"units\":5,\"unit\":\"15min\"}]}", NOT, "invalid /lines/0/units", NULL, NULL, 0,
	 NULL},
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}", "{\"facts\":{\"hours\":2}}", UNKNOWN, "unanswered /lines/0/units", NULL, NULL, 0, NULL},
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}", NULL, UNKNOWN, "unanswered /facts/hours", NULL, NULL, 0, NULL},
	{"{\"hours_cover_units\":{\"hours_per_week\":\"/facts/hours\"}}",
	 "{\"facts\":{\"hours\":2},\"lines\":[{\"units\":3,\"unit\":\"hour\"}],\"service_period\":null}", UNKNOWN, "unanswered /service_period/start", NULL, NULL, 0,
	 NULL},
	/* all, any, not, at_least */
	{"{\"all\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":true}},{\"is\":{\"at\":\"/facts/calm\",\"value\":true}}]}", NULL, UNKNOWN,
	 "unanswered /facts/calm", NULL, NULL, 0, NULL},
	{"{\"all\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":false}},{\"is\":{\"at\":\"/facts/calm\",\"value\":true}}]}", NULL, NOT,
	 "invalid /facts/risk; unanswered /facts/calm", NULL, NULL, 0, NULL},
	{"{\"any\":[{\"is\":{\"at\":\"/facts/calm\",\"value\":true}},{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}]}", NULL, MET, "",
	 NULL, NULL, 0, NULL},
	{"{\"any\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":false}},{\"is\":{\"at\":\"/facts/calm\",\"value\":true}}]}", NULL, UNKNOWN,
	 "unanswered /facts/calm", NULL, NULL, 0, NULL},
	{"{\"any\":[{\"document\":{\"types\":[\"letter\"]}},{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":5}}}]}", NULL, NOT,
	 "stale /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"any\":[{\"document\":{\"types\":[\"letter\"]}},{\"is\":{\"at\":\"/facts/risk\",\"value\":false}}]}", NULL, NOT,
	 "missing /documents/-", NULL, NULL, 0, NULL},
	{"{\"not\":{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}}", NULL, NOT, "invalid /facts/risk", NULL, NULL, 0, NULL},
	{"{\"not\":{\"is\":{\"at\":\"/facts/calm\",\"value\":true}}}", NULL, UNKNOWN, "unanswered /facts/calm", NULL, NULL, 0, NULL},
	{"{\"not\":{\"is\":{\"at\":\"/facts/risk\",\"value\":false}}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"not\":{\"document\":{\"types\":[\"note\"],\"author\":[\"lmp\"]}}}", NULL, NOT, "invalid /documents/0/author/credential", NULL, NULL, 0, NULL},
	{"{\"not\":{\"document\":{\"types\":[\"note\"]}}}", NULL, NOT, "invalid /documents/0/type", NULL, NULL, 0, NULL},
	{"{\"not\":{\"present\":{\"at\":[\"/lines/*/code\"]}}}", NULL, NOT, "invalid /lines", NULL, NULL, 0, NULL},
	/* an alternative that holds in what the choice hangs on explains more than one that does not */
	{"{\"any\":[{\"all\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":false}},{\"is\":{\"at\":\"/facts/calm\",\"value\":true}}]},{\"all\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":true}},{\"is\":{\"at\":\"/facts/calm\",\"value\":true}}]}]}", "{\"facts\":{\"calm\":false}}", NOT, "invalid /facts/calm", NULL, NULL, 0, NULL},
	{"{\"any\":[{\"not\":{\"document\":{\"types\":[\"note\"]}}},{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":5}}}]}", NULL, NOT, "stale /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"at_least\":{\"count\":1,\"of\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":true}},{\"is\":{\"at\":\"/facts/calm\","
	 "\"value\":true}}]}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"at_least\":{\"count\":2,\"of\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":true}},{\"is\":{\"at\":\"/facts/calm\","
	 "\"value\":true}}]}}", NULL, UNKNOWN, "unanswered /facts/calm", NULL, NULL, 0, NULL},
	{"{\"at_least\":{\"count\":2,\"of\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":false}},{\"is\":{\"at\":\"/facts/calm\","
	 "\"value\":true}}]}}", NULL, NOT, "invalid /facts/risk; unanswered /facts/calm", NULL, NULL, 0, NULL},
	/* present */
	{"{\"present\":{\"at\":[\"/member/id\",\"/lines/*/code\"]}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"present\":{\"at\":[\"/member/id\",\"/lines/*/code\"]}}",
	 "{\"member\":{\"id\":\"  \"},\"lines\":[{\"code\":\"H1\"},{\"code\":null}]}", NOT, "missing /member/id; missing /lines/1/code",
	 NULL, NULL, 0, NULL},
	{"{\"present\":{\"at\":[\"/lines/*/code\"]}}", "{\"lines\":[]}", NOT, "missing /lines/-", NULL, NULL, 0, NULL},
	{"{\"present\":{\"at\":[\"/lines/*/units\"]}}", "{\"lines\":[{\"units\":0}]}", NOT, "invalid /lines/0/units", NULL, NULL, 0, NULL},
	{"{\"present\":{\"at\":[\"/requesting_provider/npi\"]}}", "{\"requesting_provider\":{\"npi\":\"1234567890\"}}", NOT,
	 "invalid /requesting_provider/npi", NULL, NULL, 0, NULL},
	{"{\"present\":{\"at\":[\"/facts/calm\"]}}", NULL, NOT, "unanswered /facts/calm", NULL, NULL, 0, NULL},
	{"{\"present\":{\"at\":[\"/facts/needs\"]}}", "{\"facts\":{\"needs\":[]}}", NOT, "missing /facts/needs", NULL, NULL, 0, NULL},
	/* one_of */
	{"{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"medicaid\",\"dual\"]}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"dual\"]}}", NULL, NOT, "invalid /member/line_of_business", NULL,
	 NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"dual\"]}}", "{\"member\":{\"line_of_business\":null}}", UNKNOWN,
	 "unanswered /member/line_of_business", NULL, NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"dual\"],\"absent\":\"met\"}}",
	 "{\"member\":{\"line_of_business\":null}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"dual\"],\"absent\":\"not_met\"}}",
	 "{\"member\":{\"line_of_business\":null}}", NOT, "unanswered /member/line_of_business", NULL, NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/facts/needs\",\"words\":[\"home\"]}}", "{\"facts\":{\"needs\":[\"school\",\"home\"]}}", MET, "", NULL, NULL,
	 0, NULL},
	{"{\"one_of\":{\"at\":\"/facts/remark\",\"words\":[\"@able\"]}}", "{\"facts\":{\"remark\":\"qmhp\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/service\",\"words\":[\"CARE\"]}}", "{\"service\":\"care\"}", MET, "", NULL, NULL, 0, NULL},
	/* equals */
	{"{\"equals\":{\"at\":\"/service_period/start\",\"other\":\"/facts/found_on\"}}", "{\"facts\":{\"found_on\":\"2026-03-09\"}}", MET,
	 "", NULL, NULL, 0, NULL},
	{"{\"equals\":{\"at\":\"/service_period/start\",\"other\":\"/facts/found_on\"}}", "{\"facts\":{\"found_on\":\"2026-03-10\"}}", NOT,
	 "invalid /service_period/start", NULL, NULL, 0, NULL},
	{"{\"equals\":{\"at\":\"/service_period/start\",\"other\":\"/facts/found_on\"}}", NULL, UNKNOWN, "unanswered /facts/found_on", NULL,
	 NULL, 0, NULL},
	{"{\"equals\":{\"at\":\"/facts/remark\",\"other\":\"/service\"}}", "{\"service\":\"care\",\"facts\":{\"remark\":\"CARE\"}}", MET, "",
	 NULL, NULL, 0, NULL},
	/* count_at_least, each_has */
	/* a boolean that says so or is not given */
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"not\":false}}}}", "{\"facts\":{\"tasks\":[{\"active\":true}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"not\":false}}}}", "{\"facts\":{\"tasks\":[{\"active\":null}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"not\":false}}}}", "{\"facts\":{\"tasks\":[{\"active\":false}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"not\":true}}}}", "{\"facts\":{\"tasks\":[{\"active\":true}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"not\":true}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":\"present\",\"code\":[\"a\"],\"active\":true}}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"b\"},{\"code\":\"a\",\"document\":\"d1\",\"active\":true}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":\"present\",\"code\":[\"a\"],\"active\":true}}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"document\":\"d1\",\"active\":null}]}}", UNKNOWN, "unanswered /facts/tasks/0/active",
	 NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":\"present\"}}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\"}]}}", NOT, "missing /facts/tasks/0/document", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":\"present\",\"code\":[\"a\"]}}}", "{\"facts\":{\"tasks\":[{\"code\":\"b\",\"document\":\"d1\"},{\"code\":\"c\"}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":\"present\",\"code\":[\"a\"]}}}", "{\"facts\":{\"tasks\":[{\"code\":\"b\",\"document\":\"d1\"},{\"code\":\"a\"}]}}", NOT, "missing /facts/tasks/1/document", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{\"code\":\"present\"}}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\"}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\"},{\"code\":\"A\"},{\"code\":\"b\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\"},{\"code\":\"A\"}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	/* what is not said may differ: unknown where that would be enough */
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\"},{\"code\":\"A\"},{\"code\":null}]}}", UNKNOWN, "unanswered /facts/tasks/2/code", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\" \"},{\"code\":null}]}}", UNKNOWN, "unanswered /facts/tasks/0/code", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":3,\"where\":{},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\"},{\"code\":\"a\"},{\"code\":null}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\"},{\"code\":null},{\"code\":\"b\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{\"active\":true},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"active\":true},{\"active\":false}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":2,\"where\":{\"active\":true},\"different\":\"code\"}}",
	 "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"active\":false},{\"code\":\"a\",\"active\":true},{\"code\":\"b\",\"active\":true}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":\"present\"}}}", NULL, UNKNOWN,
	 "unanswered /facts/tasks", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"spans\":{\"from\":\"from\",\"to\":\"to\",\"day\":\"first_day\"}}}}",
	 "{\"facts\":{\"tasks\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-09\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"spans\":{\"from\":\"from\",\"to\":\"to\",\"day\":\"first_day\"}}}}",
	 "{\"facts\":{\"tasks\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-08\"}]}}", NOT, "missing /facts/tasks/-", NULL, NULL, 0, NULL},
	{"{\"each_has\":{\"in\":\"/diagnoses\",\"where\":{\"category\":[\"mi\",\"sud\"]}}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"each_has\":{\"in\":\"/diagnoses\",\"where\":{\"category\":[\"mi\"]}}}",
	 "{\"diagnoses\":[{\"category\":\"mi\"},{\"category\":\"other\"},{}]}", NOT,
	 "invalid /diagnoses/1/category; unanswered /diagnoses/2/category", NULL, NULL, 0, NULL},
	{"{\"each_has\":{\"in\":\"/diagnoses\",\"where\":{\"category\":[\"mi\"]}}}", "{\"diagnoses\":[]}", NOT, "missing /diagnoses/-", NULL,
	 NULL, 0, NULL},
	{"{\"each_has\":{\"in\":\"/diagnoses\",\"where\":{\"category\":[\"mi\"]}}}", "{\"diagnoses\":null}", UNKNOWN,
	 "unanswered /diagnoses", NULL, NULL, 0, NULL},
	/* document */
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":10},\"author\":[\"@able\"],\"face_to_face\":true,\"kinds\":[\"clinical\"]}}",
	 NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"plan\",\"letter\"]}}", NULL, NOT, "missing /documents/-", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}", NULL, NOT, "stale /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2025-01-01\",\"updated_on\":\"2026-02-21\"}]}", MET, "", NULL,
	 NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9},\"dated\":\"completed\"}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2025-01-01\",\"updated_on\":\"2026-02-21\"}]}", NOT,
	 "stale /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}",
	 "{\"documents\":[{\"id\":\"d2\",\"type\":\"note\",\"completed_on\":\"2026-03-02\"}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2026-03-03\"}]}", NOT, "invalid /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2026-03-03\"}]}", MET, "", NULL, "2026-03-03", 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}", "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":null}]}", NOT,
	 "missing /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"author\":[\"qmhp\"]}}", NULL, NOT, "unqualified /documents/0/author/credential", NULL, NULL,
	 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"author\":[\"qmhp\"]}}", "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"author\":{\"credential\":null}}]}",
	 UNKNOWN, "unanswered /documents/0/author/credential", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"kinds\":[\"other\"]}}", NULL, NOT, "wrong_kind /documents/0/kind", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"face_to_face\":false}}", NULL, NOT, "invalid /documents/0/face_to_face", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"by\":\"first_day\"}}",
	 "{\"service_period\":{\"start\":\"2026-02-19\",\"end\":\"2026-02-25\"}}", NOT, "invalid /documents/0/completed_on", NULL, NULL, 0,
	 NULL},
	{"{\"document\":{\"types\":[\"note\"],\"kinds_by_age\":[{\"below\":16,\"kinds\":[\"clinical\"]},{\"kinds\":[\"adult\"]}]}}", NULL,
	 MET, "", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"kinds_by_age\":[{\"below\":15,\"kinds\":[\"clinical\"]},{\"kinds\":[\"adult\"]}]}}", NULL,
	 NOT, "wrong_kind /documents/0/kind", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"dated\":\"covers\",\"within\":{\"days\":5},\"covers\":{\"days\":7}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-26\"}}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"dated\":\"covers\",\"within\":{\"days\":5},\"covers\":{\"days\":8}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-26\"}}]}", NOT, "invalid /documents/0/covers",
	 NULL, NULL, 0, NULL},
	/* an end before the beginning is no span at all */
	{"{\"document\":{\"types\":[\"note\"],\"dated\":\"covers\",\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-27\",\"to\":\"2026-02-26\"}}]}", NOT, "invalid /documents/0/covers/to", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"covers\":{\"days\":7}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-27\",\"to\":\"2026-02-26\"}}]}", NOT, "invalid /documents/0/covers/to", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"dated\":\"covers\",\"within\":{\"days\":5},\"covers\":{\"days\":7,\"or_since\":\"admission\"}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-27\",\"to\":\"2026-02-26\"}}]}", NOT, "invalid /documents/0/covers/to", NULL, NULL, 0, NULL},
	/* fewer days are enough where the member came no earlier */
	{"{\"document\":{\"types\":[\"note\"],\"covers\":{\"days\":8,\"or_since\":\"admission\"}}}",
	 "{\"admission\":{\"admitted_on\":\"2026-02-20\"},\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-26\"}}]}",
	 MET, "", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"covers\":{\"days\":8,\"or_since\":\"admission\"}}}",
	 "{\"admission\":{\"admitted_on\":\"2026-02-19\"},\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-26\"}}]}",
	 NOT, "invalid /documents/0/covers", NULL, NULL, 0, NULL},
	{"{\"document\":{\"types\":[\"note\"],\"covers\":{\"days\":8,\"or_since\":\"admission\"}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-26\"}}]}",
	 NOT, "invalid /documents/0/covers", NULL, NULL, 0, NULL},
	/* the retroactive anchor: the window counts back from the first requested day */
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}",
	 "{\"service_period\":{\"start\":\"2026-03-01\",\"end\":\"2026-03-05\"}}", MET, "", NULL, NULL, 0, NULL},
	/* a part has the date of the whole */
	{"{\"document\":{\"types\":[\"plan\"],\"within\":{\"days\":10}}}",
	 "{\"documents\":[{\"id\":\"d2\",\"type\":\"plan\",\"part_of\":\"d1\"}]}", MET, "", NULL, NULL, 0, NULL},
	/* sections */
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\",\"level\"]}}", "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"sections\":[{\"name\":\"history\",\"page\":2},{\"name\":\"level\",\"text\":\"CARE\"}]}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\",\"addendum\"],\"need\":[\"history\",\"impact\"]}}", NULL, NOT, "missing /documents/0/sections/-",
	 NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"addendum\"],\"need\":[\"history\"]}}", NULL, NOT, "missing /documents/-", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"]}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"sections\":[{\"name\":\"history\",\"text\":\" \\n \"}]}]}", NOT,
	 "missing /documents/0/sections/0", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"as_of_within\":{\"days\":3}}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"as_of_within\":{\"days\":2}}}", NULL, NOT,
	 "stale /documents/0/sections/0/as_of", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"level\"],\"as_of_within\":{\"days\":2}}}", NULL, NOT,
	 "missing /documents/0/sections/1", NULL, NULL, 0, NULL},
	/* a value alone is no section: it answers only the check that asks for it */
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"level\"]}}", NULL, NOT, "missing /documents/0/sections/1", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"as_of_within\":{\"days\":2}}}", "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"sections\":[{\"name\":\"history\",\"text\":\"x\"}]}]}", NOT, "missing /documents/0/sections/0/as_of", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"goal_refs\":true}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"sections\":[{\"name\":\"history\",\"page\":2,\"goal_refs\":[\"g1\"]}]}]}", MET, "",
	 NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"goal_refs\":true}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"sections\":[{\"name\":\"history\",\"page\":2,\"goal_refs\":[]}]}]}", NOT,
	 "missing /documents/0/sections/0/goal_refs", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"goal_refs\":true}}", NULL, NOT,
	 "missing /documents/0/sections/0/goal_refs", NULL, NULL, 0, NULL},
	/* within: once a paper covers time in the window, only such papers count; until then all (receipt 2026-03-02) */
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-25\"},\"sections\":[{\"name\":\"history\",\"page\":2}]}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-24\"},\"sections\":[{\"name\":\"history\",\"page\":2}]}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"sections\":[{\"name\":\"history\",\"page\":2}]}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-24\"},\"sections\":[{\"name\":\"history\",\"page\":2}]},{\"id\":\"d2\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-25\"}}]}", NOT, "missing /documents/1/sections/-", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"sections\":[{\"name\":\"history\",\"page\":2}]},{\"id\":\"d2\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-25\"}}]}", NOT, "missing /documents/1/sections/-", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-24\"},\"sections\":[{\"name\":\"history\",\"page\":2}]},{\"id\":\"d2\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-25\"},\"sections\":[{\"name\":\"history\",\"page\":2}]}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-24\"},\"sections\":[{\"name\":\"history\",\"page\":2}]},{\"id\":\"d2\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-24\"}}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-24\"},\"sections\":[{\"name\":\"history\",\"page\":2}]},{\"id\":\"d2\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-03-03\"}}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5}}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-24\"},\"sections\":[{\"name\":\"history\",\"page\":2}]},{\"id\":\"d2\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-27\",\"to\":\"2026-02-26\"}}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"sections\":{\"of\":[\"note\"],\"need\":[\"history\"],\"within\":{\"days\":5},\"goal_refs\":true}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-01\",\"to\":\"2026-02-24\"},\"sections\":[{\"name\":\"history\",\"page\":2,\"goal_refs\":[\"g1\"]}]},{\"id\":\"d2\",\"type\":\"note\",\"covers\":{\"from\":\"2026-02-20\",\"to\":\"2026-02-25\"},\"sections\":[{\"name\":\"history\",\"page\":2}]}]}", NOT, "missing /documents/1/sections/0/goal_refs", NULL, NULL, 0, NULL},
	/* section_is */
	{"{\"section_is\":{\"of\":[\"note\"],\"section\":\"level\",\"words\":[\"CARE\"]}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"section_is\":{\"of\":[\"note\"],\"section\":\"level\",\"words\":[\"OTHER\"]}}", NULL, NOT,
	 "wrong_kind /documents/0/sections/1/value", NULL, NULL, 0, NULL},
	{"{\"section_is\":{\"of\":[\"note\"],\"section\":\"level\",\"other\":\"/service\"}}", "{\"service\":\"care\"}", MET, "", NULL, NULL,
	 0, NULL},
	{"{\"section_is\":{\"of\":[\"note\"],\"section\":\"history\",\"other\":\"/service\"}}", NULL, UNKNOWN,
	 "unanswered /documents/0/sections/0/value", NULL, NULL, 0, NULL},
	{"{\"section_is\":{\"of\":[\"addendum\"],\"section\":\"history\",\"words\":[\"x\"]}}", NULL, UNKNOWN, "unanswered /documents/-",
	 NULL, NULL, 0, NULL},
	/* signed */
	{"{\"signed\":{\"of\":[\"note\"],\"roles\":[\"staff\"],\"qualified\":true}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"signed\":{\"of\":[\"note\"],\"roles\":[\"lead\"],\"qualified\":true}}", NULL, NOT, "unsigned /documents/0/signatures/-", NULL,
	 NULL, 0, NULL},
	{"{\"signed\":{\"of\":[\"note\"],\"roles\":[\"staff\"],\"qualified\":true}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"signatures\":[{\"role\":\"staff\",\"qualified\":false}]}]}", NOT,
	 "unqualified /documents/0/signatures/0/qualified", NULL, NULL, 0, NULL},
	{"{\"signed\":{\"of\":[\"note\"],\"roles\":[\"staff\"],\"qualified\":true}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"signatures\":[{\"role\":\"staff\"}]}]}", UNKNOWN,
	 "unanswered /documents/0/signatures/0/qualified", NULL, NULL, 0, NULL},
	{"{\"signed\":{\"of\":[\"note\"],\"roles\":[\"staff\"]}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"signatures\":[{\"role\":\"staff\",\"signed_on\":\"2026-03-03\"}]}]}", NOT,
	 "invalid /documents/0/signatures/0/signed_on", NULL, NULL, 0, NULL},
	{"{\"signed\":{\"of\":[\"plan\"],\"roles\":[\"staff\"]}}", NULL, NOT, "missing /documents/-", NULL, NULL, 0, NULL},
	/* took_part */
	{"{\"took_part\":{\"of\":[\"note\"],\"roles\":[\"family\"]}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"took_part\":{\"of\":[\"note\"],\"roles\":[\"individual\",\"family\"]}}", NULL, NOT, "missing /documents/0/participants/-", NULL,
	 NULL, 0, NULL},
	{"{\"took_part\":{\"of\":[\"note\"],\"roles\":[\"family\"]}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"participants\":[{\"role\":\"family\",\"took_part\":\"no\"}]}]}", NOT,
	 "missing /documents/0/participants/0/reason", NULL, NULL, 0, NULL},
	{"{\"took_part\":{\"of\":[\"note\"],\"roles\":[\"family\"]}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"participants\":[{\"role\":\"family\",\"took_part\":\"not_applicable\",\"reason\":\"none\"}]}]}", MET,
	 "", NULL, NULL, 0, NULL},
	{"{\"took_part\":{\"of\":[\"note\"],\"roles\":[[\"cassp\",\"family\"]]}}",
	 "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"participants\":[{\"role\":\"family\"}]}]}", UNKNOWN,
	 "unanswered /documents/0/participants/0/took_part", NULL, NULL, 0, NULL},
	/* refers */
	{"{\"refers\":{\"at\":\"/retrospective/unaware/record\",\"types\":[\"note\"]}}", "{\"retrospective\":{\"unaware\":{\"record\":\"d1\"}}}",
	 MET, "", NULL, NULL, 0, NULL},
	{"{\"refers\":{\"at\":\"/retrospective/unaware/record\",\"types\":[\"note\"]}}", NULL, NOT,
	 "missing /retrospective/unaware/record", NULL, NULL, 0, NULL},
	{"{\"refers\":{\"at\":\"/retrospective/unaware/record\"}}", "{\"retrospective\":{\"unaware\":{\"record\":\"d7\"}}}", NOT,
	 "invalid /retrospective/unaware/record", NULL, NULL, 0, NULL},
	{"{\"refers\":{\"at\":\"/retrospective/unaware/record\",\"types\":[\"plan\"]}}", "{\"retrospective\":{\"unaware\":{\"record\":\"d1\"}}}",
	 NOT, "wrong_kind /retrospective/unaware/record", NULL, NULL, 0, NULL},
	{"{\"refers\":{\"at\":\"/facts/tasks/*/document\"}}", "{\"facts\":{\"tasks\":[{\"document\":\"d1\"},{\"document\":\"d7\"}]}}", NOT,
	 "invalid /facts/tasks/1/document", NULL, NULL, 0, NULL},
	/* ages */
	{"{\"age_below\":{\"years\":16,\"on\":[\"receipt\",\"first_day\"]}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"age_below\":{\"years\":16,\"on\":[\"receipt\",\"first_day\"]}}", "{\"member\":{\"birth_date\":\"2010-03-09\"}}", NOT,
	 "invalid /member/birth_date", NULL, NULL, 0, NULL},
	{"{\"age_below\":{\"years\":16,\"on\":[\"first_day\"]}}", "{\"member\":{\"birth_date\":\"2010-03-10\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"age_below\":{\"years\":16,\"on\":[\"receipt\"]}}", "{\"member\":{\"birth_date\":\"2026-03-03\"}}", UNKNOWN, "invalid /member/birth_date", NULL, NULL, 0, NULL},
	{"{\"age_below\":{\"years\":16,\"on\":[\"receipt\"]}}", "{\"member\":{\"birth_date\":\"2026-03-02\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"age_below\":{\"years\":16,\"on\":[\"first_day\"]}}", "{\"member\":{\"birth_date\":null}}", UNKNOWN,
	 "unanswered /member/birth_date", NULL, NULL, 0, NULL},
	{"{\"age_below\":{\"years\":16,\"on\":[\"first_day\"]}}", "{\"service_period\":{\"start\":null,\"end\":null}}", UNKNOWN,
	 "unanswered /service_period/start", NULL, NULL, 0, NULL},
	{"{\"age_at_least\":{\"years\":18,\"on\":[\"first_day\"]}}",
	 "{\"member\":{\"birth_date\":\"2008-02-29\"},\"service_period\":{\"start\":\"2026-02-28\"}}", NOT, "invalid /member/birth_date", NULL,
	 NULL, 0, NULL},
	{"{\"age_at_least\":{\"years\":18,\"on\":[\"first_day\"]}}",
	 "{\"member\":{\"birth_date\":\"2008-02-29\"},\"service_period\":{\"start\":\"2026-03-01\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"aged_at\":{\"at\":\"/facts/found_on\",\"years\":6,\"below\":true}}",
	 "{\"member\":{\"birth_date\":\"2020-05-21\"},\"facts\":{\"found_on\":\"2026-05-20\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"aged_at\":{\"at\":\"/facts/found_on\",\"years\":6,\"below\":true}}",
	 "{\"member\":{\"birth_date\":\"2020-05-21\"},\"facts\":{\"found_on\":\"2026-05-21\"}}", NOT, "invalid /facts/found_on", NULL, NULL, 0,
	 NULL},
	{"{\"aged_at\":{\"of\":[\"plan\"],\"years\":6,\"below\":true}}", NULL, UNKNOWN, "unanswered /documents/-", NULL, NULL, 0, NULL},
	{"{\"aged_at\":{\"of\":[\"note\"],\"years\":6,\"below\":false}}", NULL, MET, "", NULL, NULL, 0, NULL},
	/* service_dates */
	{"{\"service_dates\":{}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"service_dates\":{}}", "{\"service_period\":{\"end\":null}}", NOT, "missing /service_period/end", NULL, NULL, 0, NULL},
	{"{\"service_dates\":{}}", "{\"service_period\":null,\"lines\":[{\"start\":\"2026-03-09\",\"end\":\"2026-03-10\"},{\"start\":\"2026-03-09\"}]}",
	 NOT, "missing /lines/1/end", NULL, NULL, 0, NULL},
	{"{\"service_dates\":{}}", "{\"service_period\":null,\"lines\":[{\"start\":\"2026-03-09\",\"end\":\"2026-03-10\"},{}]}", NOT, "missing /lines/1/start; missing /lines/1/end", NULL, NULL, 0, NULL},
	{"{\"service_dates\":{}}", "{\"service_period\":{\"end\":null},\"lines\":[{\"start\":\"2026-03-09\",\"end\":\"2026-03-10\"},{}]}", NOT, "missing /service_period/end", NULL, NULL, 0, NULL},
	{"{\"service_dates\":{}}", "{\"lines\":[{\"start\":\"2026-03-09\",\"end\":\"2026-03-08\"}]}", NOT, "invalid /lines/0/end", NULL, NULL,
	 0, NULL},
	{"{\"service_dates\":{}}", "{\"service_period\":null,\"lines\":[{},{}]}", NOT,
	 "missing /service_period/start; missing /service_period/end", NULL, NULL, 0, NULL},
	/* days */
	{"{\"days\":{\"no\":\"before_receipt\"}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"before_receipt\"}}", "{\"service_period\":{\"start\":\"2026-03-01\"}}", NOT, "invalid /service_period", NULL, NULL,
	 0, NULL},
	{"{\"days\":{\"no\":\"on_receipt_day\"}}", "{\"service_period\":{\"start\":\"2026-03-02\"}}", NOT, "invalid /service_period", NULL, NULL,
	 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}", "{\"member\":{\"coverage\":[{\"plan\":\"acme\",\"from\":\"2025-01-01\",\"to\":\"2026-03-09\"}]}}",
	 MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}", "{\"member\":{\"coverage\":[{\"plan\":\"acme\",\"from\":\"2025-01-01\",\"to\":\"2026-03-08\"}]}}",
	 NOT, "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}", "{\"member\":{\"coverage\":null}}", UNKNOWN, "unanswered /member/coverage", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}", "{\"member\":{\"coverage\":[{\"plan\":\"zeta\",\"from\":\"2025-01-01\"}]}}", NOT,
	 "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"every\":\"covered\"}}", "{\"member\":{\"coverage\":[{\"plan\":null,\"from\":\"2025-01-01\"}]}}", UNKNOWN,
	 "unanswered /member/coverage", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}", "{\"service_period\":null}", UNKNOWN, "unanswered /service_period/start", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\",\"absent\":\"not_met\"}}", "{\"service_period\":null}", NOT, "unanswered /service_period/start", NULL,
	 NULL, 0, NULL},
	{"{\"days\":{\"no\":\"after_birthday\",\"years\":16}}", "{\"member\":{\"birth_date\":\"2010-03-20\"}}", NOT, "invalid /service_period",
	 NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"after_birthday\",\"years\":16}}", "{\"member\":{\"birth_date\":\"2010-03-23\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"every\":\"paid_first_by_another\",\"denied_by\":[\"letter\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"covers_service\":\"yes\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"every\":\"paid_first_by_another\",\"denied_by\":[\"letter\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"covers_service\":null}]}}", UNKNOWN,
	 "unanswered /member/other_insurance", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"paid_first_by_another\",\"denied_by\":[\"letter\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"covers_service\":\"no\"}]}}", NOT, "invalid /service_period", NULL, NULL,
	 0, NULL},
	{"{\"days\":{\"any\":\"paid_first_by_another\",\"denied_by\":[\"letter\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"covers_service\":\"yes\",\"denial\":{\"document\":\"d1\"}}]}}", MET, "",
	 NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"paid_first_by_another\",\"denied_by\":[\"plan\",\"note\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"covers_service\":\"yes\",\"denial\":{\"document\":\"d1\"}}]}}", NOT,
	 "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"paid_first_by_another\",\"denied_by\":[\"letter\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"covers_service\":\"yes\",\"denial\":{\"document\":\"d9\"}}]}}", MET, "",
	 NULL, NULL, 0, NULL},
	{"{\"days\":{\"every\":\"paid_first_by_another\",\"denied_by\":[\"letter\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-10\",\"covers_service\":\"yes\"},{\"from\":\"2026-01-01\",\"covers_service\":\"unknown\"}]}}", UNKNOWN, "unanswered /member/other_insurance", NULL, NULL, 0, NULL},
	{"{\"days\":{\"every\":\"paid_first_by_another\",\"denied_by\":[\"letter\"],\"doubtful\":\"left_out\"}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-10\",\"covers_service\":\"yes\"},{\"from\":\"2026-01-01\",\"covers_service\":\"unknown\"}]}}", NOT, "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"every\":\"paid_first_by_another\",\"denied_by\":[\"letter\"],\"doubtful\":\"counted\"}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-10\",\"covers_service\":\"yes\"},{\"from\":\"2026-01-01\",\"covers_service\":\"unknown\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"paid_first_by_another\",\"denied_by\":[\"letter\"],\"doubtful\":\"counted\",\"except\":[\"paid_first_by_another\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-10\",\"covers_service\":\"yes\"},{\"from\":\"2026-01-01\",\"covers_service\":\"unknown\"}]}}", NOT, "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"paid_first_by_another\",\"denied_by\":[\"letter\"],\"doubtful\":\"counted\",\"except\":[\"paid_first_by_another\"]}}",
	 "{\"member\":{\"other_insurance\":[{\"from\":\"2026-01-01\",\"covers_service\":\"yes\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}",
	 "{\"member\":{\"coverage\":[{\"plan\":\"ACME\",\"from\":\"2025-01-01\"}]}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}",
	 "{\"member\":{\"coverage\":[{\"plan\":\"Zeta\",\"from\":\"2025-01-01\"}]}}", NOT, "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}",
	 "{\"member\":{\"coverage\":[{\"plan\":\"acme health\",\"from\":\"2025-01-01\"}]}}", UNKNOWN, "unanswered /member/coverage", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"since_admission\"}}",
	 "{\"admission\":{\"admitted_on\":\"2026-03-22\"}}", NOT, "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"since_admission\"}}",
	 "{\"admission\":{\"admitted_on\":\"2026-03-23\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"since_admission\"}}",
	 "{\"admission\":{\"status\":\"admitted\"}}", UNKNOWN, "unanswered /admission/admitted_on", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"since_admission\"}}",
	 "{\"admission\":{\"status\":\"planned\",\"planned_on\":\"2026-03-09\"}}", MET, "", NULL, NULL, 0, NULL},
	/* the event of these rows was recorded in the morning of 2026-03-02 */
	{"{\"days\":{\"no\":\"before_event\",\"event\":\"done\"}}", "{\"service_period\":{\"start\":\"2026-03-01\"}}", NOT,
	 "invalid /service_period", NULL, NULL, 0, "done"},
	{"{\"days\":{\"no\":\"before_event\",\"event\":\"done\"}}", "{\"service_period\":{\"start\":\"2026-03-02\"}}", MET, "", NULL, NULL, 0, "done"},
	{"{\"days\":{\"no\":\"before_event\",\"event\":\"done\"}}", "{\"service_period\":{\"start\":\"2026-03-01\"}}", MET, "", NULL, NULL, 0, "begun"},
	{"{\"days\":{\"no\":\"before_event\",\"event\":\"done\"}}", "{\"service_period\":{\"start\":null}}", UNKNOWN,
	 "unanswered /service_period/start", NULL, NULL, 0, "done"},
	{"{\"days\":{\"every\":\"before_event\",\"event\":\"done\",\"except\":[\"on_receipt_day\"]}}",
	 "{\"service_period\":{\"start\":\"2026-02-27\",\"end\":\"2026-03-02\"}}", MET, "", NULL, NULL, 0, "done"},
	{"{\"days\":{\"no\":\"before_receipt\",\"except\":[\"before_receipt_admitted\"]}}",
	 "{\"service_period\":{\"start\":\"2026-02-27\"},\"admission\":{\"admitted_on\":\"2026-02-27\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"before_receipt\",\"except\":[\"before_receipt_admitted\"]}}",
	 "{\"service_period\":{\"start\":\"2026-02-26\"},\"admission\":{\"admitted_on\":\"2026-02-27\"}}", NOT, "invalid /service_period", NULL,
	 NULL, 0, NULL},
	/* the request was received on 2026-03-02 */
	{"{\"days\":{\"no\":\"before_receipt_lapsed\"}}",
	 "{\"service_period\":{\"start\":\"2026-02-28\"},\"prior_authorization\":{\"to\":\"2026-02-28\"}}", NOT, "invalid /service_period", NULL,
	 NULL, 0, NULL},
	{"{\"days\":{\"no\":\"before_receipt_lapsed\"}}",
	 "{\"service_period\":{\"start\":\"2026-02-28\"},\"prior_authorization\":{\"to\":\"2026-03-01\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"before_receipt\",\"except\":[\"before_receipt_lapsed\"]}}",
	 "{\"service_period\":{\"start\":\"2026-02-28\"},\"prior_authorization\":{\"to\":\"2026-02-27\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"before_receipt\",\"except\":[\"before_receipt_lapsed\"]}}",
	 "{\"service_period\":{\"start\":\"2026-02-28\"},\"prior_authorization\":{\"number\":\"A-1\"}}", NOT, "invalid /service_period", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"retroactively_covered\"}}",
	 "{\"service_period\":{\"start\":\"2026-02-26\"},\"member\":{\"coverage\":[{\"plan\":\"acme\",\"from\":\"2026-01-01\",\"retroactive\":true}]}}",
	 MET, "", NULL, NULL, 0, NULL},
	{"{\"days\":{\"any\":\"covered\"}}", "{\"member\":{\"coverage\":[{\"plan\":\"acme\",\"from\":\"2026-03-20\",\"to\":\"2026-03-10\"}]}}", UNKNOWN, "unanswered /member/coverage", NULL, NULL, 0, NULL},
	{"{\"days\":{\"no\":\"after_birthday\",\"years\":16}}", "{\"member\":{\"birth_date\":\"2026-03-03\"}}", UNKNOWN, "unanswered /member/birth_date", NULL, NULL, 0, NULL},
	/* in_order */
	{"{\"in_order\":{\"pairs\":[[\"/member/coverage/*/from\",\"/member/coverage/*/to\"],[\"/member/birth_date\",\"receipt\"]]}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[\"/member/coverage/*/from\",\"/member/coverage/*/to\"]]}}", "{\"member\":{\"coverage\":[{\"from\":\"2026-01-01\",\"to\":\"2026-01-01\"},{\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}]}}", NOT, "invalid /member/coverage/1/to", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[\"/member/birth_date\",\"receipt\"],[\"first_day\",\"/facts/found_on\"]]}}", "{\"member\":{\"birth_date\":\"2026-03-03\"},\"facts\":{\"found_on\":\"2026-03-08\"}}", NOT, "invalid /member/birth_date; invalid /facts/found_on", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[\"/admission/admitted_at\",\"/admission/discharged_at\"],[\"/admission/admitted_on\",\"/admission/discharged_at\"]]}}", "{\"admission\":{\"admitted_at\":\"2026-03-01T10:00:00-08:00\",\"discharged_at\":\"2026-03-01T09:59:59-08:00\",\"admitted_on\":\"2026-03-01\"}}", NOT, "invalid /admission/discharged_at", NULL, NULL, 0, NULL},
	/* the newest paper of the types; one that is not there, or has no date, is no fault */
	{"{\"in_order\":{\"pairs\":[[\"/facts/found_on\",{\"dated\":[\"note\"]}]]}}", "{\"facts\":{\"found_on\":\"2026-02-20\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[\"/facts/found_on\",{\"dated\":[\"note\"]}]]}}", "{\"facts\":{\"found_on\":\"2026-02-21\"}}", NOT, "invalid /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[{\"dated\":[\"note\"]},\"/facts/found_on\"]]}}", "{\"facts\":{\"found_on\":\"2026-02-19\"}}", NOT, "invalid /facts/found_on", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[{\"dated\":[\"note\"]},\"receipt\"]]}}", "{\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2026-03-03\"}]}", NOT, "invalid /documents/0/completed_on", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[\"/facts/found_on\",{\"dated\":[\"letter\"]}]]}}", "{\"facts\":{\"found_on\":\"2026-02-21\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"in_order\":{\"pairs\":[[\"/facts/found_on\",{\"dated\":[\"note\"]}]]}}", "{\"facts\":{\"found_on\":\"2026-02-21\"},\"documents\":[{\"id\":\"d1\",\"type\":\"note\"}]}", MET, "", NULL, NULL, 0, NULL},
	/* within */
	{"{\"within\":{\"at\":\"/facts/found_on\",\"days\":60}}", "{\"facts\":{\"found_on\":\"2026-01-01\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"within\":{\"at\":\"/facts/found_on\",\"days\":60}}", "{\"facts\":{\"found_on\":\"2025-12-31\"}}", NOT, "stale /facts/found_on", NULL,
	 NULL, 0, NULL},
	{"{\"within\":{\"at\":\"/facts/found_on\",\"days\":60}}",
	 "{\"facts\":{\"found_on\":\"2025-12-31\"},\"service_period\":{\"start\":\"2026-02-01\"}}", NOT, "stale /facts/found_on", NULL, NULL, 0,
	 NULL},
	{"{\"within\":{\"at\":\"/facts/found_on\",\"days\":60}}", "{\"facts\":{\"found_on\":\"2026-03-03\"}}", NOT, "invalid /facts/found_on", NULL,
	 NULL, 0, NULL},
	{"{\"within\":{\"at\":\"/facts/found_on\",\"days\":60}}", NULL, UNKNOWN, "unanswered /facts/found_on", NULL, NULL, 0, NULL},
	/* not_after, not_older */
	{"{\"not_after\":{\"first\":\"/facts/found_on\",\"then\":\"receipt\"}}", "{\"facts\":{\"found_on\":\"2026-03-02\"}}", MET, "", NULL, NULL,
	 0, NULL},
	{"{\"not_after\":{\"first\":\"receipt\",\"then\":\"/facts/found_on\"}}", "{\"facts\":{\"found_on\":\"2026-03-01\"}}", NOT,
	 "invalid /facts/found_on", NULL, NULL, 0, NULL},
	{"{\"not_after\":{\"first\":\"/facts/found_on\",\"then\":\"first_day\"}}", "{\"facts\":{\"found_on\":\"2026-03-10\"}}", NOT,
	 "invalid /facts/found_on", NULL, NULL, 0, NULL},
	{"{\"not_after\":{\"first\":\"/facts/begun_at\",\"then\":\"/admission/admitted_at\",\"plus\":{\"hours\":24}}}",
	 "{\"facts\":{\"begun_at\":\"2026-03-02T08:00:00-08:00\"},\"admission\":{\"admitted_at\":\"2026-03-01T08:00:00-08:00\"}}", MET, "", NULL,
	 NULL, 0, NULL},
	{"{\"not_after\":{\"first\":\"/facts/begun_at\",\"then\":\"/admission/admitted_at\",\"plus\":{\"hours\":24}}}",
	 "{\"facts\":{\"begun_at\":\"2026-03-02T08:00:01-08:00\"},\"admission\":{\"admitted_at\":\"2026-03-01T08:00:00-08:00\"}}", NOT,
	 "invalid /facts/begun_at", NULL, NULL, 0, NULL},
	{"{\"not_after\":{\"first\":\"/facts/begun_at\",\"then\":\"/admission/admitted_at\"}}", NULL, UNKNOWN,
	 "unanswered /facts/begun_at; unanswered /admission/admitted_at", NULL, NULL, 0, NULL},
	{"{\"not_after\":{\"first\":{\"dated\":[\"note\"]},\"then\":\"receipt\"}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"not_older\":{\"of\":[\"plan\"],\"than\":[\"note\"]}}",
	 "{\"documents\":[{\"id\":\"d2\",\"type\":\"plan\",\"completed_on\":\"2026-02-19\"}]}", NOT, "stale /documents/1/completed_on", NULL, NULL,
	 0, NULL},
	{"{\"not_older\":{\"of\":[\"plan\"],\"than\":[\"note\"]}}",
	 "{\"documents\":[{\"id\":\"d2\",\"type\":\"plan\",\"completed_on\":\"2026-02-20\"}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"not_older\":{\"of\":[\"plan\"],\"than\":[\"note\"]}}", NULL, UNKNOWN, "unanswered /documents/-", NULL, NULL, 0, NULL},
	/* received */
	{"{\"received\":{\"from\":\"2026-03-02\",\"to\":\"2026-03-02\"}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"received\":{\"from\":\"2026-03-03\",\"to\":null}}", NULL, NOT, "invalid ", NULL, NULL, 0, NULL},
	{"{\"received\":{\"from\":\"2026-03-02\"}}", NULL, NOT, "invalid ", "2026-03-02T07:30:00Z", NULL, 0, NULL},
	/* day_between, most: more of both in test_shares.c */
	{"{\"day_between\":{\"day\":\"receipt\",\"from\":\"2026-03-02\",\"to\":null}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"day_between\":{\"day\":\"receipt\",\"from\":\"2026-03-02\"}}", NULL, NOT, "invalid ", "2026-03-02T07:30:00Z", NULL, 0, NULL},
	{"{\"most\":{\"in\":\"/lines\",\"where\":{\"unit\":[\"day\"]}}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"most\":{\"in\":\"/lines\",\"where\":{\"unit\":[\"hour\"]}}}", NULL, NOT, "invalid /lines", NULL, NULL, 0, NULL},
	/* admitted, discharged */
	{"{\"admitted\":{\"by\":\"receipt\"}}", NULL, NOT, "invalid /admission/admitted_at", NULL, NULL, 0, NULL},
	{"{\"admitted\":{\"by\":\"receipt\"}}", "{\"admission\":{\"admitted_at\":\"2026-03-02T10:00:00-08:00\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"admitted\":{\"by\":\"receipt\"}}", "{\"admission\":{\"admitted_at\":\"2026-03-02T10:00:01-08:00\"}}", NOT,
	 "invalid /admission/admitted_at", NULL, NULL, 0, NULL},
	{"{\"admitted\":{\"by\":\"receipt\"}}", "{\"admission\":{\"admitted_on\":\"2026-03-02\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"admitted\":{\"by\":\"receipt\"}}", "{\"admission\":{\"status\":\"admitted\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"admitted\":{\"by\":{\"event\":\"done\"}}}", "{\"admission\":{\"admitted_at\":\"2026-03-02T10:00:00-08:00\"}}", MET, "", NULL, NULL, 0, "done"},
	{"{\"admitted\":{\"by\":{\"event\":\"done\"}}}", "{\"admission\":{\"admitted_at\":\"2026-03-02T10:00:01-08:00\"}}", NOT,
	 "invalid /admission/admitted_at", NULL, NULL, 0, "done"},
	{"{\"admitted\":{\"by\":{\"event\":\"done\"}}}", "{\"admission\":{\"admitted_on\":\"2026-03-02\"}}", MET, "", NULL, NULL, 0, "done"},
	{"{\"admitted\":{\"by\":{\"event\":\"done\"}}}", "{\"admission\":{\"admitted_on\":\"2026-03-03\"}}", NOT,
	 "invalid /admission/admitted_at", NULL, NULL, 0, "done"},
	{"{\"admitted\":{\"by\":{\"event\":\"done\"}}}", "{\"admission\":{\"status\":\"planned\"}}", NOT, "invalid /admission/admitted_at", NULL, NULL,
	 0, "done"},
	{"{\"admitted\":{\"by\":{\"event\":\"done\"}}}", "{\"admission\":{\"status\":\"admitted\"}}", UNKNOWN,
	 "unanswered /admission/admitted_at", NULL, NULL, 0, "done"},
	{"{\"admitted\":{\"by\":{\"event\":\"done\"}}}", "{\"admission\":{\"admitted_on\":\"2026-03-01\"}}", UNKNOWN, "unanswered ", NULL, NULL, 0,
	 "begun"},
	{"{\"admitted\":{\"by\":\"first_day\"}}", "{\"admission\":{\"admitted_on\":\"2026-03-09\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"admitted\":{\"by\":\"arrival\"}}",
	 "{\"admission\":{\"admitted_on\":\"2026-03-05\"}}", MET, "", NULL, "2026-03-05", 0, NULL},
	{"{\"admitted\":{\"by\":\"arrival\"}}",
	 "{\"admission\":{\"admitted_on\":\"2026-03-05\"}}", NOT, "invalid /admission/admitted_at", NULL, "2026-03-04", 0, NULL},
	{"{\"discharged\":{\"by\":\"receipt\"}}", "{\"admission\":{\"discharged_at\":\"2026-03-01T10:00:00-08:00\"}}", MET, "", NULL, NULL, 0,
	 NULL},
	{"{\"discharged\":{\"by\":\"receipt\"}}", "{\"admission\":{\"status\":\"admitted\"}}", NOT, "invalid /admission/discharged_at", NULL,
	 NULL, 0, NULL},
	/* table */
	{"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\",\"participation\":\"/servicing_provider/participation\"},"
	 "\"expect\":{\"required\":false},\"of\":\"every\"}}", NULL, MET, "", NULL, NULL, 0, NULL},
	{"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"},\"expect\":{\"required\":false},\"of\":\"every\"}}",
	 "{\"lines\":[{\"code\":\"H1\"},{\"code\":\"H2\"}]}", NOT, "invalid /lines/1/code", NULL, NULL, 0, NULL},
	{"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"},\"expect\":{\"required\":false},\"of\":\"any\"}}",
	 "{\"lines\":[{\"code\":\"H1\"},{\"code\":\"H2\"}]}", MET, "", NULL, NULL, 0, NULL},
	{"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"},\"expect\":{\"required\":false}}}",
	 "{\"lines\":[{\"code\":\"H3\"}]}", UNKNOWN, "unanswered /lines/0/code", NULL, NULL, 0, NULL},
	{"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"},\"expect\":{\"required\":false},\"no_row\":\"not_met\"}}",
	 "{\"lines\":[{\"code\":\"H9\"}]}", NOT, "invalid /lines/0/code", NULL, NULL, 0, NULL},
	{"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"},\"expect\":{\"required\":false}}}",
	 "{\"lines\":[{\"code\":\"H4\"}]}", UNKNOWN, "unanswered /lines/0/code", NULL, NULL, 0, NULL},
	{"{\"table\":{\"name\":\"empty\",\"match\":{\"code\":\"/lines/*/code\"}}}", NULL, UNKNOWN, "unanswered /lines/0/code", NULL, NULL, 0,
	 NULL},
	{"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"}}}", "{\"lines\":[]}", UNKNOWN, "unanswered /lines/-", NULL, NULL, 0,
	 NULL},
	/* event, verified, contradicted */
	{"{\"event\":{\"name\":\"con_completed\"}}", NULL, UNKNOWN, "unanswered ", NULL, NULL, 0, NULL},
	{"{\"event\":{\"name\":\"con_completed\"}}", NULL, MET, "", NULL, NULL, 0, "con_completed"},
	{"{\"event\":{\"name\":\"con_completed\",\"absent\":\"not_met\"}}", NULL, NOT, "unanswered ", NULL, NULL, 0, "other"},
	{"{\"verified\":{\"fact\":\"participation\"}}", NULL, NOT, "unanswered /servicing_provider/participation", NULL, NULL, FACT_ELIGIBILITY,
	 NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}", NULL, MET, "", NULL, NULL, FACT_PARTICIPATION, NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"1\",\"participation\":\"participating\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"2\",\"participation\":\"participating\"}}", NOT, "unanswered /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"3\",\"participation\":\"participating\"}}", NOT, "unanswered /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"4\",\"participation\":\"participating\"}}", NOT, "unanswered /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"5\",\"participation\":\"participating\"}}", NOT, "unanswered /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"2\",\"participation\":\"non_participating\"}}", MET, "", NULL, NULL, 0, NULL},
	/* The request says nothing: the rows say it. */
	{"{\"verified\":{\"fact\":\"participation\"}}", "{\"servicing_provider\":{\"npi\":\"1\",\"participation\":null}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"verified\":{\"fact\":\"participation\"}}", "{\"servicing_provider\":{\"npi\":\"5\",\"participation\":null}}", NOT,
	 "unanswered /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/servicing_provider/participation\",\"words\":[\"non_participating\"]}}",
	 "{\"servicing_provider\":{\"npi\":\"2\",\"participation\":null}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"one_of\":{\"at\":\"/servicing_provider/participation\",\"words\":[\"non_participating\"]}}",
	 "{\"servicing_provider\":{\"npi\":\"5\",\"participation\":null}}", UNKNOWN, "unanswered /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 NULL, NOT, "invalid /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"1\",\"participation\":\"participating\"}}", NOT, "invalid /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"2\",\"participation\":\"participating\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"3\",\"participation\":\"participating\"}}", NOT, "invalid /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"4\",\"participation\":\"participating\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"5\",\"participation\":\"participating\"}}", NOT, "invalid /servicing_provider/participation", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"1\",\"participation\":\"non_participating\"}}", MET, "", NULL, NULL, 0, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"2\",\"participation\":\"participating\"}}", NOT, "invalid /servicing_provider/participation", NULL, NULL, FACT_PARTICIPATION, NULL},
	{"{\"contradicted\":{\"fact\":\"participation\"}}",
	 "{\"servicing_provider\":{\"npi\":\"2\",\"participation\":null}}", NOT, "invalid /servicing_provider/participation", NULL, NULL, 0, NULL},
	/* occurrences */
	{VISITS("\"at_least\":2"), HAPPENED(V("2026-01-05", "") "," V("2026-01-06", "")), MET, "", NULL, NULL, 0, NULL},
	{VISITS("\"at_least\":2"), HAPPENED(V("2026-01-05", "")), NOT, "missing /facts/occurrences/-", NULL, NULL, 0, NULL},
	{VISITS("\"at_least\":1"), NULL, UNKNOWN, "unanswered /facts/occurrences/-", NULL, NULL, 0, NULL},
	{VISITS("\"at_least\":1"), HAPPENED(""), NOT, "missing /facts/occurrences/-", NULL, NULL, 0, NULL},
	{VISITS("\"at_most\":1"), NULL, MET, "", NULL, NULL, 0, NULL},
	{VISITS("\"at_most\":1"), HAPPENED(V("2026-01-05", "") "," V("2026-01-06", "")), NOT, "invalid /facts/occurrences/1", NULL, NULL, 0,
	 NULL},
	{VISITS("\"at_most\":1"), HAPPENED(V("2026-01-05", "") "," V("2026-01-06", "") "," V("2026-01-06", ",\"retracts\":\"o1\"")), MET, "",
	 NULL, NULL, 0, NULL},
	{VISITS("\"have\":{\"offsite\":true}"), HAPPENED(V("2026-01-05", ",\"offsite\":true")), MET, "", NULL, NULL, 0, NULL},
	{VISITS("\"have\":{\"offsite\":true}"), HAPPENED(V("2026-01-05", ",\"offsite\":false") "," V("2026-01-06", "")), NOT,
	 "invalid /facts/occurrences/0/offsite; unanswered /facts/occurrences/1/offsite", NULL, NULL, 0, NULL},
	{VISITS("\"have\":{\"offsite\":true}"), HAPPENED(V("2026-01-06", "")), UNKNOWN, "unanswered /facts/occurrences/0/offsite", NULL, NULL, 0,
	 NULL},
	{VISITS("\"have\":{\"offsite\":true}"), HAPPENED(""), ANSWER_NOT_APPLICABLE, "", NULL, NULL, 0, NULL},
	{STAYED("", "\"at_most\":0"), HAPPENED(V("2026-01-04", "") "," A("2026-01-05") "," L("2026-01-09") "," V("2026-01-09", "")), MET, "", NULL,
	 NULL, 0, NULL},
	{STAYED("", "\"at_most\":0"), HAPPENED(V("2026-01-05", "") "," A("2026-01-05") "," L("2026-01-09") "," V("2026-01-08", "")), NOT,
	 "invalid /facts/occurrences/0; invalid /facts/occurrences/3", NULL, NULL, 0, NULL},
	/* followed */
	{LEFT, HAPPENED(V("2026-01-05", "") "," L("2026-01-15")), MET, "", NULL, NULL, 0, NULL},
	{LEFT, HAPPENED(V("2026-01-04", "") "," L("2026-01-15")), NOT, "invalid /facts/occurrences/0", NULL, NULL, 0, NULL},
	/* occurrences, put off */
	{STAYED(",\"after\":{\"days\":2}", "\"at_most\":0"), HAPPENED(A("2026-01-05") "," V("2026-01-06", "")), MET, "", NULL, NULL, 0, NULL},
	{STAYED(",\"after\":{\"days\":2}", "\"at_most\":0"), HAPPENED(A("2026-01-05") "," V("2026-01-07", "")), NOT,
	 "invalid /facts/occurrences/1", NULL, NULL, 0, NULL},
	{STAYED("", "\"at_most\":0"), HAPPENED(A("2026-01-05") ",{\"kind\":\"visit\"}"), UNKNOWN, "unanswered /facts/occurrences/1", NULL, NULL,
	 0, NULL},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(check_answers_and_explains)
{
	const struct row *row = &rows[_i];
	struct fixture fixture;
	fixture_init(&fixture);
	const struct check *check = fixture_compile(&fixture, row->check);
	ck_assert_msg(check != NULL, "%s: %s", row->check, fixture.issues.count > 0 ? fixture.issues.items[0].detail : "");
	const struct judging judging = {.supplement = row->supplement, .received = row->received, .today = row->today,
	                                .verified = row->verified, .event = row->event};
	struct trace trace;
	const enum answer answer = fixture_evaluate(&fixture, check, &judging, &trace);
	const char *entries = fixture_entries(fixture.arena, &trace);
	ck_assert_msg(answer == row->answer, "row %d %s over %s is %s (%s)", _i, row->check, row->supplement ? row->supplement : "base",
	              answer_name(answer), entries);
	ck_assert_msg(strcmp(entries, row->entries) == 0, "row %d %s over %s says \"%s\", not \"%s\"", _i, row->check,
	              row->supplement ? row->supplement : "base", entries, row->entries);
	fixture_finish(&fixture);
}
END_TEST

/* A check that nobody tests is a check that nobody knows. */
START_TEST(every_check_has_rows)
{
	for (const struct check_kind *kind = check_kinds; kind->name; kind++) {
		bool met = strcmp(kind->name, "item") == 0 || strcmp(kind->name, "applies") == 0; /* tested with whole policies */
		bool other = met;
		for (size_t i = 0; i < ROW_COUNT; i++) {
			char start[64];
			const int length = snprintf(start, sizeof(start), "{\"%s\":", kind->name);
			if (strncmp(rows[i].check, start, (size_t)length) == 0) {
				met = met || rows[i].answer == ANSWER_MET;
				other = other || rows[i].answer != ANSWER_MET;
			}
		}
		ck_assert_msg(strcmp(kind->name, "all") == 0 || (met && other), "%s has no row that is met or none that is not", kind->name);
	}
}
END_TEST

struct words_row {
	const char *check;
	const char *supplement;
	const char *found;
	const char *needed;
	const char *say;
	const char *fix;
};

static const struct words_row words_rows[] = {
	{"{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":9}}}", NULL, "2026-02-20", "2026-02-21 or later",
	 "The assessment is 10 days old; it must be dated 2026-02-21 or later.", "Send an assessment dated 2026-02-21 or later."},
	{"{\"document\":{\"types\":[\"letter\"]}}", NULL, NULL, NULL, "We have no letter.", "Send a letter."},
	{"{\"present\":{\"at\":[\"/member/birth_date\"]}}", "{\"member\":{\"birth_date\":null}}", NULL, NULL,
	 "The member's birth date is missing.", "Give the member's birth date."},
	{"{\"present\":{\"at\":[\"/lines/*/units\"]}}", "{\"lines\":[{\"units\":1},{\"units\":null}]}", NULL, NULL,
	 "The number of units of line 2 is missing.", "Give the number of units of line 2."},
	{"{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}", "{\"facts\":{\"risk\":null}}", NULL, NULL,
	 "It is not said whether this is so: risk is shown.", "Please say whether this is so: risk is shown."},
	{"{\"is\":{\"at\":\"/facts/risk\",\"value\":false}}", NULL, "yes", "no", "It is said that this is so: risk is shown.", NULL},
	{"{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"dual\"]}}", NULL, "medicaid", "dual",
	 "The kind of coverage is medicaid; what counts here is dual.", NULL},
	{"{\"within\":{\"at\":\"/retrospective/unaware/eligibility_discovered_on\",\"days\":60}}",
	 "{\"retrospective\":{\"unaware\":{\"eligibility_discovered_on\":\"2025-12-31\"}}}", "2025-12-31", "2026-01-01 or later",
	 "The day on which the eligibility was found is too long ago; it must be 2026-01-01 or later.", NULL},
	{"{\"days\":{\"every\":\"covered\"}}", "{\"member\":{\"coverage\":[{\"plan\":\"acme\",\"from\":\"2026-03-11\"}]}}",
	 "2026-03-09 to 2026-03-10", NULL, "These requested days are not covered by the plan: 2026-03-09 to 2026-03-10.", NULL},
	{"{\"age_below\":{\"years\":21,\"on\":[\"receipt\",\"first_day\"]}}", "{\"member\":{\"birth_date\":\"2005-03-05\"}}", "21 years",
	 "under 21 years", "The member is 21 years old on 2026-03-09; needed is under 21 years.", NULL},
	{"{\"in_order\":{\"pairs\":[[\"/member/coverage/*/from\",\"/member/coverage/*/to\"]]}}",
	 "{\"member\":{\"coverage\":[{\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}]}}", NULL, NULL,
	 "The last day of coverage 1 lies before the first day of coverage 1.",
	 "Correct the first day of coverage 1 or the last day of coverage 1."},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"]}}}", "{\"facts\":{\"tasks\":[{\"code\":\"b\"}]}}",
	 "0", "a", "Among the tasks there is none with the code of a.", NULL},
	/* what is there is never said to be missing */
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"taken\":true}}}", "{\"facts\":{\"tasks\":[{\"code\":\"b\",\"taken\":true}]}}",
	 "0", "a", "Among the tasks there is none with the code of a.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"taken\":true}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"taken\":false}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but this is not so: somebody took it on.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"taken\":false}}}", "{\"facts\":{\"tasks\":[{\"code\":\"b\",\"taken\":false},{\"code\":\"a\",\"taken\":true}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but this is so: somebody took it on.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"taken\":{\"not\":true}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"taken\":true}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but this is so: somebody took it on.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"active\":true}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"active\":false}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but the active is not what is needed.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"document\":[\"d1\"]}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"document\":\"d2\"}]}}",
	 "0", "d1", "Among the tasks there is one with the code of a, but the document is not d1.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"from\":{\"by\":\"receipt\"}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but the from is not given.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"from\":{\"by\":\"receipt\"}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"from\":\"2026-03-10\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but the from has not come yet.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"from\":{\"not_by\":\"receipt\"}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"from\":\"2026-03-01\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but the from has come.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"spans\":{\"from\":\"from\",\"to\":\"to\",\"day\":\"receipt\"}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"from\":\"2026-01-01\",\"to\":\"2026-02-01\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but its days do not include the day on which the request was received.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"aged\":{\"at\":[\"from\"],\"years\":21,\"below\":false}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"from\":\"2026-01-01\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but the member is under 21 years old on its day.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"aged\":{\"at\":[\"from\"],\"years\":12,\"below\":true}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"from\":\"2026-01-01\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but the member is at least 12 years old on its day.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"covered\":{\"at\":[\"from\"],\"is\":true}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"from\":\"2024-01-01\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but its day is not covered by the plan.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"covered\":{\"at\":[\"from\"],\"is\":false}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"from\":\"2026-01-01\"}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but its day is covered by the plan.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"taken\":true}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"taken\":false},{\"code\":\"a\",\"taken\":false},{\"code\":\"b\"}]}}",
	 "0", "1", "Among the tasks there are 2 with the code of a, but of each of them this is not so: somebody took it on.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"taken\":true,\"document\":[\"d1\"]}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"taken\":true,\"document\":\"d2\"},{\"code\":\"a\",\"taken\":false,\"document\":\"d1\"}]}}",
	 "0", "1", "Among the tasks there are 2 with the code of a, but none of them is as needed.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"from\":{\"by\":\"receipt\"}}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\"},{\"code\":\"a\",\"from\":\"2026-03-10\"}]}}",
	 "0", "1", "Among the tasks there are 2 with the code of a, but of each of them the from has not come yet.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"taken\":true}}}", "{\"facts\":{\"tasks\":[{\"taken\":false},{\"code\":\"b\"}]}}",
	 "0", "1", "Among the tasks there is none that is as needed.", NULL},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"document\":\"present\",\"taken\":true}}}", "{\"facts\":{\"tasks\":[{\"code\":\"a\",\"taken\":false}]}}",
	 "0", "1", "Among the tasks there is one with the code of a, but this is not so: somebody took it on.", NULL},
	{"{\"document\":{\"types\":[\"note\"],\"author\":[\"qmhp\"]}}", NULL, NULL, "qmhp",
	 "The author of the assessment does not have a credential that counts.", NULL},
	/* free text of a body is never repeated */
	{"{\"one_of\":{\"at\":\"/facts/remark\",\"words\":[\"a\"]}}", "{\"facts\":{\"remark\":\"Jane Doe\"}}", NULL, "a",
	 "The remark is not among what counts here: a.", NULL},
};

enum { WORDS_ROW_COUNT = sizeof(words_rows) / sizeof(words_rows[0]) };

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

START_TEST(entries_speak_plainly)
{
	const struct words_row *row = &words_rows[_i];
	struct fixture fixture;
	fixture_init(&fixture);
	const struct judging judging = {.supplement = row->supplement};
	struct trace trace;
	fixture_evaluate(&fixture, fixture_compile(&fixture, row->check), &judging, &trace);
	ck_assert_msg(trace.count == 1, "%s has %zu entries", row->check, trace.count);
	const struct entry *entry = &trace.entries[0];
	ck_assert_msg(same(entry->found, row->found), "%s found %s", row->check, entry->found ? entry->found : "nothing");
	ck_assert_msg(same(entry->needed, row->needed), "%s needs %s", row->check, entry->needed ? entry->needed : "nothing");
	ck_assert_msg(same(entry->say, row->say), "%s says %s", row->check, entry->say ? entry->say : "nothing");
	ck_assert_msg(same(entry->fix, row->fix), "%s fixes %s", row->check, entry->fix ? entry->fix : "nothing");
	fixture_finish(&fixture);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("checks");
	TCase *tests = tcase_create("checks");
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, check_answers_and_explains, 0, ROW_COUNT);
	tcase_add_loop_test(tests, entries_speak_plainly, 0, WORDS_ROW_COUNT);
	tcase_add_test(tests, every_check_has_rows);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
