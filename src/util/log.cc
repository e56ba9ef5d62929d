#include "util/log.h"

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unicode/utf8.h>

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "util/text.h"

namespace ostiary::log {
namespace {

using Level = spdlog::level::level_enum;

struct LevelRow {
    std::string_view name;
    Level level;
};
constexpr std::array kLevels = {
    LevelRow{"debug", spdlog::level::debug}, LevelRow{"info", spdlog::level::info},
    LevelRow{"warn", spdlog::level::warn}, LevelRow{"error", spdlog::level::err}};

enum class Format { kText, kJson };

struct Settings {
    Level level = spdlog::level::info;
    std::map<std::string, Level, std::less<>> parts;
    Format format = Format::kText;

    bool Wants(std::string_view part, Level asked) const {
        const auto own = parts.find(part);
        return asked >= (own == parts.end() ? level : own->second);
    }
};

struct Output {
    Settings settings;
    std::unique_ptr<spdlog::logger> logger;
};

std::unique_ptr<spdlog::logger> MakeLogger(Format format) {
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    auto logger = std::make_unique<spdlog::logger>("ostiary", std::move(sink));
    logger->set_level(spdlog::level::trace);  // we choose ourselves, per part
    const char* const pattern = format == Format::kJson ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ",%v})"
                                                        : "%Y-%m-%dT%H:%M:%S.%eZ %v";
    logger->set_formatter(
        std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc));
    return logger;
}

std::atomic<const Output*> current{nullptr};

// An earlier output is never freed: a thread may still be writing to it, and there is one per
// start.
void Use(std::unique_ptr<const Output> output) {
    static std::mutex mutex;
    static auto& kept = *new std::vector<std::unique_ptr<const Output>>;
    const std::scoped_lock lock(mutex);
    current.store(output.get(), std::memory_order_release);
    kept.push_back(std::move(output));
}

const Output& Current() {
    if (const Output* output = current.load(std::memory_order_acquire)) return *output;
    static const Output before_start{Settings{}, MakeLogger(Format::kText)};
    return before_start;
}

std::optional<Level> FindLevel(std::string_view name) {
    for (const LevelRow& row : kLevels)
        if (row.name == name) return row.level;
    return std::nullopt;
}

std::string_view NameOf(Level level) {
    for (const LevelRow& row : kLevels)
        if (row.level == level) return row.name;
    return "info";
}

std::optional<Settings> ReadSettings(std::string_view level, std::string_view format) {
    Settings settings;
    if (format != "text" && format != "json") return std::nullopt;
    settings.format = format == "json" ? Format::kJson : Format::kText;
    const auto items = SplitList(level, ',');
    if (items.empty()) return std::nullopt;
    for (const std::string_view item : items) {
        const std::size_t equals = item.find('=');
        const std::string_view name = equals == item.npos ? item : item.substr(equals + 1);
        const auto known = FindLevel(name);
        if (!known || equals == 0) return std::nullopt;
        if (equals == item.npos)
            settings.level = *known;
        else
            settings.parts[std::string(item.substr(0, equals))] = *known;
    }
    return settings;
}

bool IsControl(UChar32 point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

// What a visitor sent can neither begin a line of its own nor speak to the operator's terminal.
std::string Neutral(std::string_view message, Format format) {
    std::string safe;
    safe.reserve(message.size() + 16);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(message.data());
    for (std::size_t at = 0; at < message.size();) {
        const std::size_t from = at;
        UChar32 point;
        U8_NEXT(bytes, at, message.size(), point);
        if (point < 0)
            safe += "\xEF\xBF\xBD";
        else if (IsControl(point))
            fmt::format_to(std::back_inserter(safe), "\\u{:04x}", point);
        else if (format == Format::kJson && (point == '"' || point == '\\'))
            safe.append({'\\', static_cast<char>(point)});
        else
            safe += message.substr(from, at - from);
    }
    return safe;
}

void Write(Level level, std::string_view part, std::string_view message) {
    const auto& [settings, logger] = Current();
    if (!settings.Wants(part, level)) return;
    const std::string safe = Neutral(message, settings.format);
    if (settings.format == Format::kJson)
        logger->log(level, R"("level":"{}","part":"{}","message":"{}")", NameOf(level), part, safe);
    else
        logger->log(level, "{:5} {}: {}", NameOf(level), part, safe);
}

}  // namespace

bool Start(std::string_view level, std::string_view format) {
    auto settings = ReadSettings(level, format);
    if (!settings) return false;
    auto logger = MakeLogger(settings->format);
    Use(std::unique_ptr<const Output>(new Output{*std::move(settings), std::move(logger)}));
    return true;
}

bool IsLevel(std::string_view level) { return ReadSettings(level, "text").has_value(); }

void Debug(std::string_view part, std::string_view message) {
    Write(spdlog::level::debug, part, message);
}
void Info(std::string_view part, std::string_view message) {
    Write(spdlog::level::info, part, message);
}
void Warn(std::string_view part, std::string_view message) {
    Write(spdlog::level::warn, part, message);
}
void Error(std::string_view part, std::string_view message) {
    Write(spdlog::level::err, part, message);
}
bool IsDebug(std::string_view part) { return Current().settings.Wants(part, spdlog::level::debug); }

}  // namespace ostiary::log
