// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/RuleTable.h"

#include "lint/buildkit/Checks.h"
#include "lint/rules/Rules.h"
#include "syntax/Characters.h"
#include "syntax/GoText.h"

#include <QFile>

#include <algorithm>
#include <array>

static void initRuleResources()
{
    Q_INIT_RESOURCE(stagewright_rules);
}

namespace stagewright {

std::span<const Rule *const> ruleTable()
{
    static constexpr std::array table{
        &rules::buildError,
        &rules::shellFormRunWithoutShell,
        &rules::shellElsewhereWithoutShell,
        &rules::execFormRunProgramAbsent,
        &rules::heredocRunWithoutShell,
        &rules::invalidExecForm,
        &rules::wrongPackageManager,
        &rules::cmdShellFormWithoutShell,
        &rules::entrypointShellFormWithoutShell,
        &rules::shellFormCmdUnderEntrypoint,
        &rules::healthcheckWithoutShell,
        &rules::healthcheckProgramAbsent,
        &rules::shellProgramAbsent,
        &rules::startScript,
        &rules::shellSyntaxInExecForm,
        &rules::runtimeRepeatedInCmd,
        &rules::jvmFlagsInCmd,
        &rules::toolNotInRuntime,
        &rules::droppedCmd,
        &rules::nothingToStart,
        &rules::cmdUnderShellEntrypoint,
        &rules::unknownUser,
        &rules::userNameInScratch,
        &rules::userWithoutGroup,
        &rules::userByName,
        &rules::runsAsRoot,
        &rules::unknownChownName,
        &rules::linkWithNamedChown,
        &rules::ownerOfData,
        &rules::ownerOfFolder,
        &rules::workdirUnderUnknownUser,
        &rules::libcMismatch,
        &rules::newerBuilder,
        &rules::cgoWithoutLibc,
        &rules::missingLibraries,
        &rules::shellWithoutLoader,
        &rules::shellInFinalImage,
        &rules::borrowedShellWithoutLoader,
        &rules::noCertificates,
        &rules::noTimeZones,
        &rules::invariantGlobalization,
        &rules::outdatedBase,
        &rules::tagNeverPublished,
        &rules::floatingDebianRelease,
        &rules::privilegedPort,
        &rules::onbuildRunWithoutShell,
        &rules::pythonVersion,
        &rules::archiveNotExtracted,
        &rules::closedHome,
        &rules::distrolessWithShell,
        &rules::misspeltStage,
        &rules::relativeStartFile,
        &rules::buildToolsInImage,
        &rules::unusedIgnore,
        &rules::ignoreWithoutReason,
        &checks::stageNameCasing,
        &checks::fromAsCasing,
        &checks::noEmptyContinuation,
        &checks::consistentInstructionCasing,
        &checks::duplicateStageName,
        &checks::reservedStageName,
        &checks::jsonArgsRecommended,
        &checks::maintainerDeprecated,
        &checks::undefinedArgInFrom,
        &checks::workdirRelativePath,
        &checks::undefinedVar,
        &checks::multipleInstructionsDisallowed,
        &checks::legacyKeyValueFormat,
        &checks::invalidBaseImagePlatform,
        &checks::redundantTargetPlatform,
        &checks::secretsUsedInArgOrEnv,
        &checks::invalidDefaultArgInFrom,
        &checks::fromPlatformFlagConstDisallowed,
        &checks::copyIgnoredFile,
        &checks::invalidDefinitionDescription,
        &checks::exposeProtoCasing,
        &checks::exposeInvalidFormat,
    };
    return table;
}

const Rule *findRule(std::string_view id)
{
    const auto table = ruleTable();
    const auto found = std::ranges::find(table, id, [](const Rule *rule) { return rule->id; });
    return found == table.end() ? nullptr : *found;
}

const Rule *findRuleCalled(std::string_view idOrName)
{
    if (const Rule *byId = findRule(idOrName))
        return byId;
    const auto table = ruleTable();
    const auto found = std::ranges::find(table, idOrName, &Rule::name);
    return found == table.end() ? nullptr : *found;
}

std::string nearestRuleId(std::string_view misspelt)
{
    std::vector<std::string_view> ids;
    for (const Rule *rule : ruleTable())
        ids.push_back(rule->id);
    const std::string nearest = gotext::nearestOption(misspelt, ids, false); // in lower case
    const auto found
        = std::ranges::find_if(ids, [&nearest](std::string_view id) { return chars::equalsIgnoringCase(id, nearest); });
    return found == ids.end() ? std::string() : std::string(*found);
}

QByteArray rulePage(std::string_view id)
{
    [[maybe_unused]] static const bool ready = (initRuleResources(), true);
    QFile page(QLatin1StringView(":/stagewright/rules/") + QLatin1StringView(id.data(), qsizetype(id.size()))
               + QLatin1StringView(".md"));
    return page.open(QIODevice::ReadOnly) ? page.readAll() : QByteArray();
}

} // namespace stagewright
