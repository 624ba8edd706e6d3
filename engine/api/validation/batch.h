// Validation of Job and CronJob.
// upstream: pkg/apis/batch/validation/validation.go
#pragma once

#include "engine/api/batch.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_job(const Job& object, Errors& errors);
void validate_job_update(const Job& now, const Job& old, Errors& errors);
void validate_job_status(const Job& now, const Job& old, Errors& errors);
void validate_cron_job(const CronJob& object, Errors& errors);
void validate_cron_job_update(const CronJob& now, const CronJob& old, Errors& errors);

// Parts, each in a file of its own.
void validate_pod_failure_policy(const JobSpec& spec, const Path& path, Errors& errors);
// The job must be indexed and know its completions.
void validate_success_policy(const JobSpec& spec, const Path& path, Errors& errors);
// Everything of a Job's spec but its selector, which the job of a CronJob has not.
void validate_job_spec(const JobSpec& spec, const Path& path, Errors& errors);

}  // namespace kubetab::api
