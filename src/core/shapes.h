#pragma once

// How things look as JSON: one shape for the API and for the command line's --json.

#include <string>

#include "core/events.h"
#include "core/mails_model.h"
#include "core/model.h"
#include "core/requests_model.h"
#include "core/tokens.h"
#include "util/config.h"

namespace ostiary {

struct AuditVerdict;

enum class Secrets {
    kShown,
    kHidden
};  // the short code and the link, for those who may hand it out

std::string CodeJson(const Config&, const Code&, Millis now, Secrets);
std::string AccountJson(const AccountWithAccess&, Millis now);
std::string RedemptionJson(const Redemption&);
std::string AircraftJson(const Aircraft&);
std::string TemplateJson(const Template&);
std::string MailJson(const Mail&);
std::string RequestJson(const InvitationRequest&);
std::string AlertJson(const Alert&, Millis now);
std::string TokenJson(const ApiToken&);
std::string FreshTokenJson(const FreshToken&);  // with the token itself, once

std::string EventJson(const Event&);
std::string AuditVerdictJson(const AuditVerdict&);

std::string JsonText(std::string_view);                            // quoted and escaped
std::string JsonList(const std::vector<std::string>& serialized);  // [a,b,…]

}  // namespace ostiary
