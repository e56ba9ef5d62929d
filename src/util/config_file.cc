// The only file that knows TOML.

#include "util/config_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::string_view kRoles = "catalogue.roles", kGroups = "catalogue.task_groups",
                           kAircraftRoles = "catalogue.aircraft_roles",
                           kAliases = "catalogue.role_aliases";
constexpr std::string_view kLists[] = {kRoles, kGroups, kAircraftRoles, kAliases};

class FileReader {
public:
    FileReader(const std::string& path, Config& config) : path_(path), config_(config) {}

    Result<void> ReadTable(const toml::table& table, const std::string& prefix) {
        for (const auto& [key, node] : table) {
            const std::string name = prefix + std::string(key.str());
            auto read = ReadNode(name, node);
            if (!read.ok()) return read;
        }
        return {};
    }

private:
    std::string At(const toml::node& node) const {
        return fmt::format("{}:{}", path_, node.source().begin.line);
    }
    Error Refuse(const toml::node& node, std::string_view name, std::string_view rule) const {
        return UnusableConfig(fmt::format("{}: {} {}", At(node), name, rule));
    }

    Result<void> ReadNode(const std::string& name, const toml::node& node) {
        if (name == kRoles) return ReadEntries(name, node, config_.catalogue.roles);
        if (name == kGroups) return ReadEntries(name, node, config_.catalogue.task_groups);
        if (name == kAircraftRoles)
            return ReadEntries(name, node, config_.catalogue.aircraft_roles);
        if (name == kAliases) return ReadAliases(node);
        if (const toml::table* table = node.as_table(); table != nullptr && IsSection(name))
            return ReadTable(*table, name + ".");
        const ConfigKey* key = FindConfigKey(name);
        if (key == nullptr)
            return UnusableConfig(
                fmt::format("{}: {}", At(node), UnknownKeySentence(name, KnownNames())));
        const auto text = TextOf(node, key->kind);
        if (!text) return Refuse(node, name, "has a value of the wrong type");
        if (const auto rule = key->read(config_, *text)) return Refuse(node, name, *rule);
        config_.sources.insert_or_assign(name, At(node));
        return {};
    }

    static bool IsSection(const std::string& name) {
        const auto begins = [&](std::string_view full) { return full.starts_with(name + "."); };
        return std::any_of(std::begin(kLists), std::end(kLists), begins) ||
               std::any_of(ConfigKeys().begin(), ConfigKeys().end(),
                           [&](const ConfigKey& key) { return begins(key.name); });
    }

    static std::vector<std::string> KnownNames() {
        std::vector<std::string> names(std::begin(kLists), std::end(kLists));
        for (const ConfigKey& key : ConfigKeys()) names.emplace_back(key.name);
        return names;
    }

    static std::optional<std::string> TextOf(const toml::node& node, ConfigKind kind) {
        if (const auto* text = node.as_string()) return text->get();
        if (const auto* number = node.as_integer()) return std::to_string(number->get());
        if (const auto* flag = node.as_boolean(); flag != nullptr && kind == ConfigKind::kSwitch)
            return flag->get() ? "on" : "off";
        const auto* array = node.as_array();
        if (array == nullptr || kind != ConfigKind::kList) return std::nullopt;
        std::vector<std::string> parts;
        for (const toml::node& part : *array) {
            if (!part.is_string()) return std::nullopt;
            parts.push_back(part.as_string()->get());
        }
        return Join(parts, ",");
    }

    // ── The catalogue's lists: given ones replace the default ones whole ──────────────────────

    template <class Entry>
    Result<void> ReadEntries(const std::string& list, const toml::node& node,
                             std::vector<Entry>& entries) {
        const toml::array* array = node.as_array();
        if (array == nullptr || !array->is_homogeneous(toml::node_type::table))
            return Refuse(node, list, fmt::format("must be written as [[{}]] entries", list));
        entries.clear();
        for (const toml::node& item : *array) {
            Entry entry{};
            for (const auto& [key, value] : *item.as_table()) {
                auto read = ReadField(list, std::string(key.str()), value, entry);
                if (!read.ok()) return read;
            }
            if (entry.label.empty()) entry.label = entry.name;
            entries.push_back(std::move(entry));
        }
        return {};
    }

    Result<void> ReadField(const std::string& list, const std::string& key, const toml::node& value,
                           RoleEntry& entry) {
        if (key == "name") return ReadWord(list, key, value, entry.name);
        if (key == "label") return ReadWord(list, key, value, entry.label);
        if (key == "rank") return ReadRank(list, value, entry.rank);
        if (key == "reach") return ReadReach(list, value, entry.reach);
        return UnknownField(list, key, value, {"name", "label", "rank", "reach"});
    }
    Result<void> ReadField(const std::string& list, const std::string& key, const toml::node& value,
                           GroupEntry& entry) {
        if (key == "name") return ReadWord(list, key, value, entry.name);
        if (key == "label") return ReadWord(list, key, value, entry.label);
        return UnknownField(list, key, value, {"name", "label"});
    }
    Result<void> ReadField(const std::string& list, const std::string& key, const toml::node& value,
                           AircraftRoleEntry& entry) {
        if (key == "name") return ReadWord(list, key, value, entry.name);
        if (key == "label") return ReadWord(list, key, value, entry.label);
        if (key == "rank") return ReadRank(list, value, entry.rank);
        return UnknownField(list, key, value, {"name", "label", "rank"});
    }

    Error UnknownField(const std::string& list, const std::string& key, const toml::node& node,
                       const std::vector<std::string>& known) const {
        return UnusableConfig(
            fmt::format("{}: in {}: {}", At(node), list, UnknownKeySentence(key, known)));
    }

    Result<void> ReadWord(const std::string& list, const std::string& key, const toml::node& node,
                          std::string& into) {
        if (!node.is_string()) return Refuse(node, list + "." + key, "must be a text in quotes");
        into = node.as_string()->get();
        return {};
    }

    Result<void> ReadRank(const std::string& list, const toml::node& node, int& into) {
        const auto* number = node.as_integer();
        if (number == nullptr || number->get() < 0 || number->get() > 100)
            return Refuse(node, list + ".rank", "must be a whole number from 0 to 100");
        into = static_cast<int>(number->get());
        return {};
    }

    Result<void> ReadReach(const std::string& list, const toml::node& node, Reach& into) {
        const std::string word = node.is_string() ? node.as_string()->get() : "";
        if (word == "none")
            into = Reach::kNone;
        else if (word == "team")
            into = Reach::kTeam;
        else if (word == "everything")
            into = Reach::kEverything;
        else
            return Refuse(node, list + ".reach", "must be none, team or everything");
        return {};
    }

    Result<void> ReadAliases(const toml::node& node) {
        const toml::table* table = node.as_table();
        if (table == nullptr) return Refuse(node, kAliases, "must be a table: alias = \"role\"");
        config_.catalogue.role_aliases.clear();
        for (const auto& [alias, role] : *table) {
            if (!role.is_string()) return Refuse(role, kAliases, "must name roles in quotes");
            config_.catalogue.role_aliases.emplace(alias.str(), role.as_string()->get());
        }
        return {};
    }

    const std::string& path_;
    Config& config_;
};

Result<std::string> TextOfFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path))
        return UnusableConfig(fmt::format("cannot read the configuration file {}", path));
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

// Aliases of the house are dropped silently where the file's own roles leave them without a
// meaning.
void DropDeadAliases(const toml::table& table, Catalogue& catalogue) {
    if (table.at_path(kAliases)) return;
    std::erase_if(catalogue.role_aliases, [&](const auto& pair) {
        return std::none_of(catalogue.roles.begin(), catalogue.roles.end(),
                            [&](const RoleEntry& role) { return role.name == pair.second; });
    });
}

}  // namespace

Result<void> ReadConfigFile(const std::string& path, Config& config) {
    const std::string text = TRY(TextOfFile(path));
    try {
        const toml::table table = toml::parse(text, path);
        auto read = FileReader(path, config).ReadTable(table, "");
        if (read.ok()) DropDeadAliases(table, config.catalogue);
        return read;
    } catch (const toml::parse_error& error) {
        return UnusableConfig(
            fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()));
    }
}

}  // namespace ostiary
