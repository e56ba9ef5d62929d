#include "cli/settings.h"

#include <filesystem>

namespace ostiary::cli {
namespace {

constexpr const char* kSystemFile = "/etc/ostiary/ostiary.toml";

std::optional<std::string> Variable(const Environment& environment, std::string_view name) {
    const auto found = environment.find(name);
    if (found == environment.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

bool Exists(const std::string& path) {
    std::error_code ignored;  // a folder that may not be looked into holds no file for us
    return std::filesystem::exists(path, ignored);
}

}  // namespace

std::vector<Option> SettingOptions() {
    return {{"--config", "FILE", "The configuration file"},
            {"--data", "DIR", "The folder for the database and the key"},
            {"--database", "URL", "postgresql://…, or the path of a SQLite file"},
            {"--base-url", "URL", "How browsers reach it; links start with this"}};
}

std::optional<std::string> SettingsFile(const Arguments& given, const Environment& environment) {
    if (auto file = given.Find("--config")) return file;
    if (auto file = Variable(environment, "OSTIARY_CONFIG")) return file;
    const auto folder =
        given.Has("--data") ? given.Find("--data") : Variable(environment, "OSTIARY_DATA");
    const std::string beside_data = folder.value_or(Config{}.data) + "/ostiary.toml";
    if (Exists(beside_data)) return beside_data;
    if (Exists(kSystemFile)) return kSystemFile;
    return std::nullopt;
}

Result<Config> SettingsOf(const Arguments& given, const Environment& environment) {
    Config config = TRY(LoadConfig(SettingsFile(given, environment), environment));
    constexpr std::pair<const char*, const char*> kFlags[] = {{"--data", "data"},
                                                              {"--database", "database"},
                                                              {"--base-url", "base_url"},
                                                              {"--listen", "listen"}};
    for (const auto& [flag, key] : kFlags)
        if (const auto value = given.Find(flag)) TRY(SetConfig(config, key, *value, flag));
    return config;
}

}  // namespace ostiary::cli
