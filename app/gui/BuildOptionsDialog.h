// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <QDialog>
#include <QPointer>

#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace stagewright {

class BuildChoicesForm;
class BuildController;
class DocumentSession;
class TargetBox;
class Theme;

/// How many of @p options differ from what a plain `docker build .` has.
[[nodiscard]] int optionsInForce(const AnalysisOptions &options);
/// "target 'test', VERSION=2"; for tool tips. Empty when none is in force.
[[nodiscard]] QString optionsText(const AnalysisOptions &options);
/// The options of @p options that belong to the file rather than to a person: the .dockerignore.
[[nodiscard]] AnalysisOptions withoutChoices(const AnalysisOptions &options);

/// What a build would be given: target, platform, build arguments, named contexts. Stays open beside the window; every
/// change counts at once, so that graph and findings can be watched. Shows whichever document is active.
class BuildOptionsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit BuildOptionsDialog(const Theme &theme, QWidget *parent = nullptr);

    /// Null: no document is open.
    void showBuild(BuildController *builds);

private:
    void showSession(DocumentSession *session);
    struct ArgRow
    {
        std::string name;
        QString byDefault; ///< As it is written in the file.
        bool declared = true;
        QLineEdit *value = nullptr;
        QPushButton *reset = nullptr;
    };

    void refresh();
    void showArguments(const AnalysisOptions &options);
    void showContexts(const AnalysisOptions &options);
    void addArgument();
    void addContext();
    void apply(AnalysisOptions options);
    [[nodiscard]] std::vector<ArgRow> argumentsOf() const;
    [[nodiscard]] QLabel *caption(const QString &text) const;

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    TargetBox *m_target;
    QComboBox *m_platform;
    QGridLayout *m_arguments;
    QLabel *m_noArguments;
    QLineEdit *m_newArgument;
    QLabel *m_argumentError;
    QGridLayout *m_contexts;
    QLineEdit *m_newName;
    QLineEdit *m_newSource;
    BuildChoicesForm *m_choices;
    QPushButton *m_resetAll;
    std::vector<ArgRow> m_rows;
    std::vector<std::string> m_contextNames; ///< As the rows stand.
    bool m_applying = false;
};

} // namespace stagewright
