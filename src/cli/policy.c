/* SPDX-License-Identifier: Apache-2.0 */
/* authreviewd policy: what analysts do with policies. Each command has its own file. */
#include "cli/command.h"
#include "cli/policy_call.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#ifndef AR_POLICY_DIR
#define AR_POLICY_DIR "policies"
#endif

enum { ANSWER_ROOM = 65536 };

static const struct verb {
	const char *name;
	int (*run)(struct policy_call *call);
	size_t least; /* arguments */
	size_t most;
	const char *options; /* those it takes besides --json, by their letters */
	const char *help;
} verbs[] = {
	{"check", policy_check, 1, 1, "", "check DIR            say what is wrong with the policies below DIR, and where"},
	{"test", policy_test, 1, 1, "",
	 "test DIR             run their cases, and the boundary cases of every window, age and clock"},
	{"coverage", policy_cover, 1, 1, "c",
	 "coverage DIR         say what became of every clause of their sources (--clauses: of each)"},
	{"explain", policy_explain, 1, 2, "o",
	 "explain ID [DIR]     an item as a sentence, with the dates that decide it for a receipt (--on DATE, today)"},
	{"diff", policy_diff, 2, 2, "px",
	 "diff A B             what changed from one version to another, in words; each a directory or POLICY/VERSION"},
};

enum { VERB_COUNT = sizeof(verbs) / sizeof(verbs[0]) };

static int usage(int result)
{
	FILE *out = result == EXIT_OK ? stdout : stderr;
	for (size_t i = 0; i < VERB_COUNT; i++) {
		(void)fprintf(out, "authreviewd policy %s\n", verbs[i].help);
	}
	(void)fputs("\n"
		    "  --json           the answer as one JSON object (docs/policy-tools.md)\n"
		    "  --clauses        of coverage: every clause, not only those that are not accounted for\n"
		    "  --on DATE        of explain: the local day on which a request would be received\n"
		    "  --policies DIR   of diff: where POLICY/VERSION is looked for (" AR_POLICY_DIR ")\n"
		    "  --exit-code      of diff: 1 when there is a difference\n\n"
		    "Exit codes: 0 good, 1 something is wrong, 64 these arguments cannot be used.\n",
		    out);
	return result;
}

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		if (strcmp(verbs[i].name, name) == 0) {
			return &verbs[i];
		}
	}
	return NULL;
}

static bool take_option(const struct verb *verb, int letter, struct policy_call *call)
{
	switch (letter) {
	case 'j': call->json = true; return true;
	case 'c': call->clauses = true; break;
	case 'o': call->on = optarg; break;
	case 'p': call->directory = optarg; break;
	case 'x': call->exit_code = true; break;
	default: return false;
	}
	return strchr(verb->options, letter) != NULL;
}

static bool read_arguments(const struct verb *verb, int argc, char **argv, struct policy_call *call)
{
	static const struct option options[] = {
		{"json", no_argument, NULL, 'j'},      {"clauses", no_argument, NULL, 'c'},
		{"on", required_argument, NULL, 'o'},  {"policies", required_argument, NULL, 'p'},
		{"exit-code", no_argument, NULL, 'x'}, {NULL, 0, NULL, 0},
	};
	size_t count = 0;
	int letter;
	optind = 1;
	while ((letter = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (!take_option(verb, letter, call)) {
			return false;
		}
	}
	for (int i = optind; i < argc; i++) {
		if (count == verb->most) {
			return false;
		}
		call->arguments[count++] = argv[i];
	}
	return count >= verb->least;
}

int command_policy(int argc, char **argv)
{
	const struct verb *verb = argc >= 2 ? find_verb(argv[1]) : NULL;
	bool help = false;
	for (int i = 1; i < argc; i++) {
		help = help || strcmp(argv[i], "--help") == 0;
	}
	if (help || verb == NULL) {
		return usage(help ? EXIT_OK : EXIT_USAGE_ERROR);
	}
	struct arena *arena = arena_create();
	struct embedded_trees schemas = {.files = &embedded_schemas, .arena = arena};
	struct policy_call call = {.arena = arena, .schemas = &schemas, .directory = AR_POLICY_DIR};
	text_init(&call.out, arena, ANSWER_ROOM);
	json_writer_init(&call.writer, &call.out);
	int result = read_arguments(verb, argc - 1, argv + 1, &call) ? verb->run(&call) : usage(EXIT_USAGE_ERROR);
	arena_destroy(arena);
	return result;
}
