#pragma once

// One line per fact, for the operator. Never a secret: no code, token, password or cookie.

#include <string_view>

namespace ostiary::log {

// level: debug, info, warn, error, or "info,http=debug" per part; format: text or json. False if it
// knows no such thing.
bool Start(std::string_view level, std::string_view format);
bool IsLevel(std::string_view level);  // whether Start would take it

void Debug(std::string_view part, std::string_view message);
void Info(std::string_view part, std::string_view message);
void Warn(std::string_view part, std::string_view message);
void Error(std::string_view part, std::string_view message);
bool IsDebug(std::string_view part);  // ask before building a costly message

}  // namespace ostiary::log
