#include "engine/api/validation/control_plane.h"

#include <algorithm>
#include <set>

#include "engine/api/validation/metadata.h"
#include "engine/api/validation/pod.h"
#include "engine/api/validation/resource_names.h"

namespace kubetab::api {
namespace {

constexpr std::int32_t kShortestCertificate = 600;
constexpr std::int32_t kLastPrecedence = 10'000;
constexpr std::string_view kUsages[] = {
    "any",
    "cert sign",
    "client auth",
    "code signing",
    "content commitment",
    "crl sign",
    "data encipherment",
    "decipher only",
    "digital signature",
    "email protection",
    "encipher only",
    "ipsec end system",
    "ipsec tunnel",
    "ipsec user",
    "key agreement",
    "key encipherment",
    "microsoft sgc",
    "netscape sgc",
    "ocsp signing",
    "s/mime",
    "server auth",
    "signing",
    "timestamping",
};

std::string in_quotes(const std::string& text) {
    return '"' + text + '"';
}

void check_signer(const Path& path, const std::string& name, Errors& errors) {
    if (name.empty()) return errors.required(path);
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos || slash + 1 == name.size()) {
        return errors.invalid(
            path, in_quotes(name),
            "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    }
    const std::string domain = name.substr(0, slash);
    if (domain.find('.') == std::string::npos) {
        errors.invalid(path, in_quotes(name),
                       "should be a domain with at least two segments separated by dots");
    }
    if (name == "kubernetes.io/legacy-unknown")
        errors.invalid(path, in_quotes(name), "the legacy signerName is not allowed via this API version");
}

void check_usages(const Path& path, const std::vector<Text>& usages, Errors& errors) {
    if (usages.empty()) errors.required(path);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < usages.size(); ++i) {
        if (std::find(std::begin(kUsages), std::end(kUsages), usages[i].str()) == std::end(kUsages)) {
            errors.unsupported(path.index(i), in_quotes(usages[i]),
                               {kUsages[0],  kUsages[1],  kUsages[2],  kUsages[3],  kUsages[4],  kUsages[5],
                                kUsages[6],  kUsages[7],  kUsages[8],  kUsages[9],  kUsages[10], kUsages[11],
                                kUsages[12], kUsages[13], kUsages[14], kUsages[15], kUsages[16], kUsages[17],
                                kUsages[18], kUsages[19], kUsages[20], kUsages[21], kUsages[22]});
        } else if (!seen.insert(usages[i]).second) {
            errors.duplicate(path.index(i), in_quotes(usages[i]));
        }
    }
}

void check_decisions(const std::vector<CertificateSigningRequestCondition>& conditions, Errors& errors) {
    const Path path("status.conditions");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const std::string& type = conditions[i].type;
        if (type.empty()) errors.required(path.index(i).child("type"));
        if (!seen.insert(type).second) errors.duplicate(path.index(i).child("type"), in_quotes(type));
        const bool excludes = (type == "Approved" && seen.contains("Denied")) ||
                              (type == "Denied" && seen.contains("Approved"));
        if (excludes) {
            errors.invalid(path.index(i).child("type"), in_quotes(type),
                           "Approved and Denied conditions are mutually exclusive");
        }
        const Path status = path.index(i).child("status");
        if (conditions[i].status.empty()) {
            errors.required(status);
        } else if (type == "Approved" || type == "Denied" || type == "Failed") {
            errors.one_of(status, conditions[i].status, {"True"});
        } else {
            errors.one_of(status, conditions[i].status, {"False", "True", "Unknown"});
        }
    }
}

void check_percent(const Path& path, const std::optional<std::int32_t>& percent, Errors& errors) {
    if (percent && (*percent < 0 || *percent > 100))
        errors.invalid(path, *percent, "must be between 0 and 100, inclusive");
}

void check_subject(const Path& path, const FlowSubject& subject, Errors& errors) {
    errors.one_of(path.child("kind"), subject.kind, {"Group", "ServiceAccount", "User"});
    if (subject.kind == "Group" && !subject.group)
        errors.required(path.child("group"), "group is required when subject kind is 'Group'");
    if (subject.kind == "User" && !subject.user)
        errors.required(path.child("user"), "user is required when subject kind is 'User'");
    if (subject.kind == "ServiceAccount" && !subject.serviceAccount) {
        errors.required(path.child("serviceAccount"),
                        "serviceAccount is required when subject kind is 'ServiceAccount'");
    }
}

}  // namespace

void validate_signing_request(const CertificateSigningRequest& object, Errors& errors) {
    const Path spec("spec");
    if (object.spec.request.data.str().find("-----BEGIN CERTIFICATE REQUEST-----") == std::string::npos)
        errors.invalid(spec.child("request"), "\"\"", "PEM block type must be CERTIFICATE REQUEST");
    check_usages(spec.child("usages"), object.spec.usages, errors);
    check_signer(spec.child("signerName"), object.spec.signerName, errors);
    if (object.spec.expirationSeconds.value_or(kShortestCertificate) < kShortestCertificate) {
        errors.invalid(spec.child("expirationSeconds"), *object.spec.expirationSeconds,
                       "may not specify a duration less than 600 seconds (10 minutes)");
    }
    check_decisions(object.status.conditions, errors);
}

void validate_signing_request_update(const CertificateSigningRequest& now,
                                     const CertificateSigningRequest& old, Errors& errors) {
    validate_signing_request(now, errors);
    for (const CertificateSigningRequestCondition& condition : old.status.conditions) {
        const auto same = [&](const CertificateSigningRequestCondition& each) {
            return each.type == condition.type;
        };
        if (std::none_of(now.status.conditions.begin(), now.status.conditions.end(), same)) {
            errors.forbidden(Path("status.conditions"),
                             "updates may not remove a condition of type " + in_quotes(condition.type));
        }
    }
    if (!old.status.certificate.data.empty() && now.status.certificate != old.status.certificate) {
        errors.forbidden(Path("status.certificate"), "updates may not modify existing certificate content");
    }
}

void validate_flow_schema(const FlowSchema& object, Errors& errors) {
    const Path spec("spec");
    const std::int32_t precedence = object.spec.matchingPrecedence;
    if (precedence < 1)
        errors.invalid(spec.child("matchingPrecedence"), precedence, "must be a positive value");
    if (precedence > kLastPrecedence)
        errors.invalid(spec.child("matchingPrecedence"), precedence, "must not be greater than 10000");
    if (object.spec.distinguisherMethod) {
        errors.one_of(spec.child("distinguisherMethod").child("type"), object.spec.distinguisherMethod->type,
                      {"ByNamespace", "ByUser"});
    }
    if (object.spec.priorityLevelConfiguration.name.empty()) {
        errors.required(spec.child("priorityLevelConfiguration").child("name"),
                        "must reference a priority level");
    }
    for (std::size_t i = 0; i < object.spec.rules.size(); ++i) {
        const PolicyRulesWithSubjects& rule = object.spec.rules[i];
        const Path path = spec.child("rules").index(i);
        if (rule.subjects.empty())
            errors.required(path.child("subjects"), "subjects must contain at least one value");
        for (std::size_t j = 0; j < rule.subjects.size(); ++j)
            check_subject(path.child("subjects").index(j), rule.subjects[j], errors);
        if (rule.resourceRules.empty() && rule.nonResourceRules.empty()) {
            errors.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
    }
}

void validate_priority_level(const PriorityLevelConfiguration& object, Errors& errors) {
    const Path spec("spec");
    const PriorityLevelConfigurationSpec& wanted = object.spec;
    errors.one_of(spec.child("type"), wanted.type, {"Exempt", "Limited"});
    if (wanted.type == "Limited" && !wanted.limited)
        errors.required(spec.child("limited"), "must not be empty when type is Limited");
    if (wanted.type == "Exempt" && wanted.limited)
        errors.forbidden(spec.child("limited"), "must be nil if the type is not Limited");
    if (wanted.type == "Limited" && wanted.exempt)
        errors.forbidden(spec.child("exempt"), "must be nil if the type is Limited");
    if (!wanted.limited) return;
    const Path limited = spec.child("limited");
    if (wanted.limited->nominalConcurrencyShares.value_or(0) < 0) {
        errors.invalid(limited.child("nominalConcurrencyShares"), *wanted.limited->nominalConcurrencyShares,
                       "must be a non-negative integer");
    }
    check_percent(limited.child("lendablePercent"), wanted.limited->lendablePercent, errors);
    const LimitResponse& response = wanted.limited->limitResponse;
    const Path answer = limited.child("limitResponse");
    errors.one_of(answer.child("type"), response.type, {"Queue", "Reject"});
    if (response.type == "Queue" && !response.queuing)
        errors.required(answer.child("queuing"), "must not be empty if limited type is Queue");
    if (response.type == "Reject" && response.queuing)
        errors.forbidden(answer.child("queuing"), "must be nil if limited.limitResponse.type is not Limited");
}

void validate_runtime_class(const RuntimeClass& object, Errors& errors) {
    errors.check(Path("handler"), object.handler, dns_label);
    const Path scheduling("scheduling");
    if (object.overhead) {
        for (const auto& [name, amount] : object.overhead->podFixed)
            validate_container_resource_name(name, Path("overhead").child("podFixed").key(name), errors);
    }
    if (!object.scheduling) return;
    validate_labels(object.scheduling->nodeSelector, scheduling.child("nodeSelector"), errors);
    validate_tolerations(object.scheduling->tolerations, scheduling.child("tolerations"), errors);
}

void validate_runtime_class_update(const RuntimeClass& now, const RuntimeClass& old, Errors& errors) {
    validate_runtime_class(now, errors);
    if (now.handler != old.handler) errors.invalid(Path("handler"), in_quotes(now.handler), kImmutable);
}

void validate_storage_capacity(const CSIStorageCapacity& object, Errors& errors) {
    errors.check(Path("storageClassName"), object.storageClassName, dns_subdomain);
    if (object.nodeTopology) validate_label_selector(*object.nodeTopology, Path("nodeTopology"), errors);
}

}  // namespace kubetab::api
