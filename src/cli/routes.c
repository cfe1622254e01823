/* SPDX-License-Identifier: Apache-2.0 */
#include "http/routes.h"
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

/* "METHOD path action" and, for each role, whether the action is allowed: what the contract and the access tests are compared with. */
int command_routes(int argc, char **argv)
{
	if (argc > 1) {
		(void)puts("authreviewd routes\n\nPrints one line per route: method, path, action, and the roles that may.");
		return strcmp(argv[1], "--help") == 0 ? EXIT_OK : EXIT_USAGE_ERROR;
	}
	for (size_t i = 0; i < route_count; i++) {
		(void)printf("%s %s %s", routes[i].method, routes[i].path, action_name(routes[i].action));
		for (int role = 0; role < ROLE_COUNT; role++) {
			if (access_allows((enum role)role, routes[i].action)) {
				(void)printf(" %s", role_name((enum role)role));
			}
		}
		(void)putchar('\n');
	}
	return EXIT_OK;
}
