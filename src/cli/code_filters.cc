#include "cli/code_filters.h"

#include <ostream>

namespace ostiary::cli {

std::vector<Option> CodeFilterOptions(std::string about_status) {
    return {{"--status", "STATUS", std::move(about_status)},
            {"--role", "ROLE", "Granting this role"},
            {"--task-group", "GROUP", "Of this task group"},
            {"--search", "TEXT", "In code, label, notes, email, name and creator"},
            {"--created-by", "NAME", "Made by this account"},
            {"--tag", "TEXT", "With this tag"},
            {"--template", "NAME", "Made from this template"},
            {"--batch", "BATCH", "Made together"}};
}

CodeQuery CodeFiltersOf(const Arguments& given) {
    CodeQuery query;
    query.scope = CodeScope::All();
    query.role = given.Get("--role");
    query.task_group = given.Get("--task-group");
    query.status = given.Get("--status");
    query.search = given.Get("--search");
    query.created_by = given.Get("--created-by");
    query.tag = given.Get("--tag");
    query.template_name = given.Get("--template");
    query.batch = given.Get("--batch");
    return query;
}

void PrintFile(Call& call, const CodesFile& file) {
    file([&](std::string_view text) {
        call.terminal.out << text;
        return static_cast<bool>(call.terminal.out);
    });
}

}  // namespace ostiary::cli
