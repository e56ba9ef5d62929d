// ostiary doctor

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "cli/doctor.h"

#include "cli/command.h"
#include "cli/settings.h"
#include "core/shapes.h"
#include "util/vault.h"

namespace ostiary::cli {
namespace {

using enum Verdict;

std::string_view NameOf(Verdict verdict) {
    switch (verdict) {
        case kOk: return "ok";
        case kWarn: return "warn";
        case kFail: return "fail";
    }
    std::abort();
}

// Who besides the owner may do something with this file; nothing if it is not there.
std::optional<mode_t> ForeignRights(const std::string& path) {
    struct stat about {};
    if (stat(path.c_str(), &about) != 0) return std::nullopt;
    return about.st_mode & (S_IRWXG | S_IRWXO);
}

Check ExamineSettings(const Call& call) {
    const auto file = SettingsFile(call.given, call.outside.environment);
    if (!file) return {kOk, "configuration", "no file; everything is as it comes"};
    if (!call.config.key.empty() && (ForeignRights(*file).value_or(0) & S_IROTH) != 0)
        return {kWarn, "configuration",
                *file + " may be read by everybody; run: chmod o-r " + *file};
    return {kOk, "configuration", *file};
}

Check ExamineData(const Config& config) {
    const std::string& folder = config.data;
    const auto rights = ForeignRights(folder);
    if (!rights) return {kWarn, "data", folder + " is not there yet; the first start makes it"};
    if (*rights != 0)
        return {kWarn, "data", folder + " is open to others; run: chmod 700 " + folder};
    return {kOk, "data", folder};
}

Check ExamineKey(const Config& config) {
    if (!config.key.empty()) return {kOk, "key", "from the configuration"};
    const std::string path = config.data + "/ostiary.key";
    const auto rights = ForeignRights(path);
    if (!rights) return {kWarn, "key", path + " is not there yet; the first start makes it"};
    if (*rights != 0) return {kFail, "key", path + " is open to others; run: chmod 600 " + path};
    return {kOk, "key", path + "; keep a copy apart from the database's"};
}

Check ExamineBaseUrl(const Config& config) {
    const std::string url = config.BaseUrl();
    const bool local = url.find("//127.") != url.npos || url.find("//localhost") != url.npos ||
                       url.find("//[::1]") != url.npos;
    if (config.base_url.empty())
        return {kWarn, "base URL", url + " is a guess; set base_url to what browsers use"};
    if (!config.IsHttps() && !local)
        return {kWarn, "base URL", url + " is not encrypted; put a proxy with https before it"};
    return {kOk, "base URL", url};
}

Check ExamineLimits(const Config& config) {
    if (config.limits) return {kOk, "rate limits", "on"};
    return {kWarn, "rate limits", "off: codes and passwords can be guessed without end"};
}

Check ExamineMail(const Config& config) {
    switch (config.WhatMailLacks()) {
        case MailLack::kServer: return {kOk, "mail", "none; mail.server is not set"};
        case MailLack::kFrom:
            return {kFail, "mail", "nothing is sent: set mail.from to the sender's address"};
        case MailLack::kBaseUrl:
            return {kFail, "mail",
                    "nothing is sent: links need base_url, set it to what browsers use"};
        case MailLack::kNothing: break;
    }
    const std::string how = config.mail_server + " as " + config.mail_from;
    if (!config.mail_require_tls && !config.IsMailServerLocal() &&
        !config.mail_server.starts_with("smtps:"))
        return {kWarn, "mail", how + "; mail.require_tls is off, so it may travel unencrypted"};
    return {kOk, "mail", how};
}

Result<void> Doctor(Call& call) {
    std::vector<Check> checks = {ExamineSettings(call)};
    for (Check& check : ExamineInstallation(call.config)) checks.push_back(std::move(check));
    for (Check& check : call.outside.examine(call.config)) checks.push_back(std::move(check));
    std::vector<std::string> shapes;
    for (const Check& check : checks) {
        if (call.AsJson())
            shapes.push_back(fmt::format(R"({{"verdict":"{}","subject":{},"finding":{}}})",
                                         NameOf(check.verdict), JsonText(check.subject),
                                         JsonText(check.finding)));
        else
            call.Say(fmt::format("{:4}  {:13}  {}", NameOf(check.verdict), check.subject,
                                 check.finding));
    }
    if (call.AsJson()) call.Say(fmt::format(R"({{"results":{}}})", JsonList(shapes)));
    const auto failed = std::count_if(checks.begin(), checks.end(),
                                      [](const Check& check) { return check.verdict == kFail; });
    if (failed == 0) return {};
    return Error{ErrorKind::kConflict, "doctor.failed", "Not well",
                 failed == 1 ? "one check failed" : fmt::format("{} checks failed", failed)};
}

}  // namespace

std::vector<Check> ExamineInstallation(const Config& config) {
    return {ExamineData(config), ExamineKey(config), ExamineBaseUrl(config), ExamineLimits(config),
            ExamineMail(config)};
}

std::vector<Command> DoctorCommands() {
    return {{.noun = "doctor",
             .verb = "",
             .about = "Examine configuration, key and database, and change nothing",
             .options = {},
             .prints = Prints::kData,
             .run = Doctor}};
}

}  // namespace ostiary::cli
