/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/principals.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static void ignore_fatal(void *context, const struct err *err)
{
	(void)context;
	(void)err;
}

static int usage(int result)
{
	(void)puts("authreviewd token create --db FILE --role ROLE [--organization NAME] [--payer PAYER]... [--credential "
		   "WORD]\n\n"
		   "Creates a principal in a database that no daemon has open and prints its bearer token once; only a hash is "
		   "kept.\n"
		   "A provider needs --organization; staff need at least one --payer; licensed staff their --credential.");
	return result;
}

static int create(const char *path, const struct principal *given)
{
	struct err err = {0};
	char id[IDENT_ID_SIZE];
	char token[IDENT_TOKEN_SIZE];
	struct principal principal = *given;
	const struct store_options options = {.path = path,
					      .queue_max = 4,
					      .batch_max = 1,
					      .reader_cache_kib = 1024,
					      .writer_cache_kib = 1024,
					      .fatal = ignore_fatal};
	struct store *store = store_open(&options, &err);
	struct ident_source *ident = ident_create(0);
	principal.id = ident_id(ident, "prn_", instant_now(), id);
	bool made = store != NULL && principal_create(store, ident, &principal, instant_now(), token, &err);
	store_close(store);
	ident_destroy(ident);
	if (!made) {
		(void)fprintf(stderr, "authreviewd: %s\n", err.detail);
		return EXIT_FAILED;
	}
	(void)printf("%s %s\n", id, token);
	return EXIT_OK;
}

static const char *unfit(const struct principal *principal, const char *path)
{
	if (path == NULL) {
		return "--db FILE is needed";
	}
	if (principal->role == ROLE_PROVIDER && (principal->organization == NULL || principal->payer_count > 0)) {
		return "a provider belongs to one --organization and to no payer";
	}
	if (principal->role != ROLE_PROVIDER && (principal->organization != NULL || principal->payer_count == 0)) {
		return "staff work for at least one --payer and belong to no organization";
	}
	if ((principal->role == ROLE_REVIEWER || principal->role == ROLE_PHYSICIAN || principal->role == ROLE_APPEALS) &&
	    principal->credential == NULL) {
		return "licensed staff need their --credential";
	}
	return NULL;
}

int command_token(int argc, char **argv)
{
	static const struct option options[] = {
		{"db", required_argument, NULL, 'd'},           {"role", required_argument, NULL, 'r'},
		{"organization", required_argument, NULL, 'o'}, {"payer", required_argument, NULL, 'p'},
		{"credential", required_argument, NULL, 'c'},   {NULL, 0, NULL, 0},
	};
	struct principal principal = {0};
	const char *path = NULL;
	bool known_role = false;
	int option;
	if (argc < 2 || strcmp(argv[1], "create") != 0) {
		return usage(argc == 2 && strcmp(argv[1], "--help") == 0 ? EXIT_OK : EXIT_USAGE_ERROR);
	}
	optind = 2;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'd': path = optarg; break;
		case 'r': known_role = role_from_name(optarg, &principal.role); break;
		case 'o': principal.organization = optarg; break;
		case 'c': principal.credential = optarg; break;
		case 'p':
			if (principal.payer_count == PRINCIPAL_PAYERS_MAX) {
				return usage(EXIT_USAGE_ERROR);
			}
			principal.payers[principal.payer_count++] = optarg;
			break;
		default: return usage(EXIT_USAGE_ERROR);
		}
	}
	const char *why = known_role ? unfit(&principal, path)
				     : "--role is one of provider, intake, reviewer, physician, "
				       "con_reviewer, appeals, auditor, policy_author, admin";
	if (why != NULL || optind < argc) {
		(void)fprintf(stderr, "authreviewd: %s\n", why != NULL ? why : "too many arguments");
		return EXIT_USAGE_ERROR;
	}
	return create(path, &principal);
}
