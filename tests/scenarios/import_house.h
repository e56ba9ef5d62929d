#pragma once

// A house into which files of codes are imported (BULK-2).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "core/accounts.h"
#include "core/imports.h"
#include "support/house.h"

namespace ostiary {

class ImportHouse : public testing::TestWithParam<DatabaseKind> {
protected:
    Answer Import(std::string_view file, const std::string& query = "", std::string_view as = "ada",
                  const std::string& type = "text/csv") {
        return house.Ask(Method::kPost, "/api/invite-codes/import/" + query, file, as,
                         {{"content-type", type}});
    }
    Answer Json(std::string_view file, const std::string& query = "") {
        return Import(file, query, "ada", "application/json");
    }
    // "2 role role.unknown", one for each error.
    static std::vector<std::string> ErrorsOf(const Answer& answer) {
        std::vector<std::string> errors;
        const boost::json::value all = answer.At("errors");
        for (const auto& one : all.as_array())
            errors.push_back(fmt::format("{} {} {}", one.at("row").as_int64(),
                                         std::string(one.at("field").as_string()),
                                         std::string(one.at("reason").as_string())));
        return errors;
    }
    std::vector<boost::json::object> Codes(std::string_view as = "ada") {
        std::vector<boost::json::object> codes;
        const auto rows =
            house.Get("/api/invite-codes/?ordering=created_at&page_size=100", as).Rows();
        for (const auto& one : rows) codes.push_back(one.as_object());
        return codes;
    }
    static std::string Text(const boost::json::object& code, const char* name) {
        return std::string(code.at(name).as_string());
    }
    std::size_t Count(EventKind kind) {
        const auto events = house.Events();
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    std::string Export() {
        const Actor actor = house.ActorOf("ada");
        CodeChoice choice;
        choice.all.emplace().order = CodeOrder::kOldest;
        auto file = ExportCodes(actor.Ask<Permission::kCodesRead>().value(), house.world,
                                ApiRules(actor, house.world), choice);
        std::string text;
        file.value()([&](std::string_view more) {
            text += more;
            return true;
        });
        return text;
    }

    House house{GetParam()};
};

}  // namespace ostiary
