#include "util/config.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "util/config_file.h"
#include "util/nearest.h"

namespace ostiary {

std::string Config::BaseUrl() const {
    if (base_url.empty()) {
        // Every address of the machine is none that a browser could go to.
        for (const std::string_view any : {"0.0.0.0:", "[::]:"})
            if (listen.starts_with(any)) return "http://localhost:" + listen.substr(any.size());
        return "http://" + listen;
    }
    return base_url.substr(0, base_url.find_last_not_of('/') + 1);
}

MailLack Config::WhatMailLacks() const {
    if (mail_server.empty()) return MailLack::kServer;
    if (mail_from.empty()) return MailLack::kFrom;
    return base_url.empty() ? MailLack::kBaseUrl : MailLack::kNothing;
}

bool Config::IsMailServerLocal() const {
    const std::string_view host =
        std::string_view(mail_server).substr(std::min(mail_server.find("//"), mail_server.size()));
    return host.starts_with("//127.") || host.starts_with("//localhost:") ||
           host == "//localhost" || host.starts_with("//[::1]");
}

bool Config::IsHttps() const { return base_url.starts_with("https://"); }

bool Config::UsesPostgres() const {
    return database.starts_with("postgresql://") || database.starts_with("postgres://");
}

std::string Config::DatabaseUrl() const {
    if (database.empty()) return data + "/ostiary.db";
    return database.starts_with("sqlite:") ? database.substr(7) : database;
}

Error UnusableConfig(std::string sentence) {
    return {ErrorKind::kInvalid, "config.unusable", "Unusable configuration", std::move(sentence)};
}

const ConfigKey* FindConfigKey(std::string_view name) {
    const auto keys = ConfigKeys();
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&](const ConfigKey& key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

namespace {

std::string_view LastPart(std::string_view name) { return name.substr(name.rfind('.') + 1); }

const std::string* Nearest(std::string_view name, const std::vector<std::string>& known) {
    const std::string* nearest = nullptr;
    std::size_t least = name.size() / 3 + 1;
    for (const std::string& candidate : known) {
        if (LastPart(candidate) == LastPart(name)) return &candidate;
        const std::size_t distance = LettersApart(name, candidate);
        if (distance > least || (distance == least && nearest != nullptr)) continue;
        nearest = &candidate;
        least = distance;
    }
    return nearest;
}

}  // namespace

std::string UnknownKeySentence(std::string_view name, const std::vector<std::string>& known) {
    const std::string shown(name.substr(0, 64));
    const std::string* nearest = Nearest(shown, known);
    if (nearest == nullptr) return fmt::format("unknown key \"{}\"", shown);
    return fmt::format("unknown key \"{}\"; did you mean \"{}\"?", shown, *nearest);
}

Result<void> SetConfig(Config& config, std::string_view name, std::string_view text,
                       std::string_view source) {
    const ConfigKey* key = FindConfigKey(name);
    if (key == nullptr) return UnusableConfig(fmt::format("{}: no such key: {}", source, name));
    if (const auto rule = key->read(config, text))
        return UnusableConfig(fmt::format("{} {}", source, *rule));
    config.sources.insert_or_assign(std::string(name), std::string(source));
    return {};
}

namespace {

// Not ours: the tests' own, and what Kubernetes sets for a service that is called ostiary.
bool IsForeign(std::string_view variable) {
    return variable == "OSTIARY_CONFIG" || variable.starts_with("OSTIARY_TEST_") ||
           variable.starts_with("OSTIARY_SERVICE_") || variable.starts_with("OSTIARY_PORT");
}

Result<void> ReadVariable(Config& config, const std::string& variable, const std::string& value) {
    if (IsForeign(variable)) return {};
    for (const ConfigKey& key : ConfigKeys()) {
        if (key.variable != variable) continue;
        // An empty one is how container files say "as usual".
        return value.empty() ? Result<void>{} : SetConfig(config, key.name, value, variable);
    }
    std::vector<std::string> known;
    for (const ConfigKey& key : ConfigKeys()) known.emplace_back(key.variable);
    return UnusableConfig("environment: " + UnknownKeySentence(variable, known));
}

}  // namespace

Result<Config> LoadConfig(const std::optional<std::string>& file, const Environment& environment) {
    Config config;
    if (file) TRY(ReadConfigFile(*file, config));
    for (const auto& [variable, value] : environment) TRY(ReadVariable(config, variable, value));
    if (const auto flaw = config.catalogue.Flaw())
        return UnusableConfig(file ? *file + ": " + *flaw : *flaw);
    return config;
}

Environment EnvironmentVariables() {
    Environment found;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (text.starts_with("OSTIARY_") && equals != text.npos)
            found.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return found;
}

}  // namespace ostiary
