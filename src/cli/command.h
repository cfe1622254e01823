/* SPDX-License-Identifier: Apache-2.0 */
/* The commands of authreviewd: each takes its own arguments (argv[0] is its name) and returns an exit code. */
#ifndef AR_CLI_COMMAND_H
#define AR_CLI_COMMAND_H

/* Exit codes of sysexits.h that people and supervisors know. */
enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE_ERROR = 64, EXIT_TEMPORARY = 75, EXIT_CONFIGURATION = 78 };

int command_serve(int argc, char **argv);
int command_policy(int argc, char **argv);
int command_token(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_routes(int argc, char **argv);

#endif
