/* SPDX-License-Identifier: Apache-2.0 */
/* The end of every test program: runs SUITE as the environment says (CK_TAP_LOG_FILE_NAME, CK_FORK) and frees it. */
#ifndef AR_TESTS_RUN_SUITE_H
#define AR_TESTS_RUN_SUITE_H

#include <check.h>
#include <stdlib.h>

/* The exit status of the program. */
static inline int run_suite(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
