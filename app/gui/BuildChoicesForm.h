// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/BuildChoices.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <vector>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace stagewright {

class BuildController;
class Theme;

/// The options of a build that the graph does not depend on: context folder, tags, network, cache, secrets, ssh, more
/// arguments; and the command that comes of everything.
class BuildChoicesForm : public QWidget
{
    Q_OBJECT
public:
    explicit BuildChoicesForm(const Theme &theme, QWidget *parent = nullptr);

    /// Null: no document is open.
    void setBuild(BuildController *builds);

Q_SIGNALS:
    void changed();

private:
    void refresh();
    void refreshCommand();
    void refreshSecrets(const BuildChoices &choices);
    void addSecret();
    void change(const std::function<void(BuildChoices &)> &edit);

    const Theme &m_theme;
    QPointer<BuildController> m_builds;
    QLineEdit *m_context;
    QLineEdit *m_tags;
    QComboBox *m_network;
    QCheckBox *m_noCache;
    QCheckBox *m_pull;
    QVBoxLayout *m_secretRows;
    QLineEdit *m_secretId;
    QLineEdit *m_secretFile;
    QLineEdit *m_ssh;
    QLineEdit *m_extra;
    QLabel *m_command;
    QPushButton *m_copy;
    std::vector<engine::Secret> m_shownSecrets; ///< As the rows stand.
};

/// A button of an icon only that stands beside a field; @p name is its tool tip too.
[[nodiscard]] QPushButton *smallButton(const Theme &theme, const QString &icon, const QString &name);
/// How many of @p choices differ from what a plain `docker build .` has.
[[nodiscard]] int choicesInForce(const BuildChoices &choices);
/// Splits words at blanks as a POSIX shell does, quotes and backslashes included; nothing is expanded.
[[nodiscard]] QStringList shellWords(const QString &text);
/// The other way round.
[[nodiscard]] QString shellText(const QStringList &words);

} // namespace stagewright
