// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Configured.h"

#include <QFileInfo>

#include <algorithm>
#include <ostream>

namespace stagewright::cli {

std::vector<Option> configurationOptions(ConfigurationChoice &choice)
{
    return {
        {"--config", true,
         [&choice](std::string_view value) {
             choice.projectFile = value;
             return std::string(value.empty() ? "--config needs a file" : "");
         }},
        {"--no-config", false,
         [&choice](std::string_view) {
             choice.none = true;
             return std::string();
         }},
        {"--catalog", true,
         [&choice](std::string_view value) {
             choice.catalogs.emplace_back(value);
             return std::string(value.empty() ? "--catalog needs a file" : "");
         }},
    };
}

Configurations::Configurations(ConfigurationChoice choice, std::ostream &err, bool buildChecksAsTheyAre)
    : m_choice(std::move(choice))
    , m_err(err)
    , m_buildChecksAsTheyAre(buildChecksAsTheyAre)
{
}

const Configured &Configurations::of(const std::string &path)
{
    // One file or none for all: where the Dockerfile is does not matter.
    const bool sameForAll = m_choice.none || !m_choice.projectFile.empty();
    const std::string folder = sameForAll ? std::string()
        : path == "-"                     ? std::string(".")
                                          : QFileInfo(QString::fromStdString(path)).absolutePath().toStdString();
    std::unique_ptr<Configured> &known = m_byFolder[folder];
    if (known)
        return *known;
    Configuration read = loadConfiguration({.folder = folder,
                                            .projectFile = m_choice.projectFile,
                                            .preferences = {},
                                            .personalCatalog = m_choice.none ? std::string() : personalCatalogPath(),
                                            .catalogs = m_choice.catalogs});
    for (const FileProblem &problem : read.problems) {
        if (std::ranges::contains(m_said, problem))
            continue;
        m_err << problem.text() << '\n';
        m_said.push_back(problem);
    }
    read.lint.buildChecksAsTheyAre = m_buildChecksAsTheyAre;
    known = std::make_unique<Configured>(Linter(std::move(read.catalog), std::move(read.lint)), read.failOn,
                                         std::move(read.problems));
    return *known;
}

} // namespace stagewright::cli
