// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "config/Configuration.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

namespace stagewright {

class Preferences;
class Prompts;
class Theme;

/// The preferences' page of catalogues: which files say what images have, how many, and what is wrong in them.
class CataloguePage : public QWidget
{
    Q_OBJECT
public:
    CataloguePage(Preferences &preferences, Prompts &prompts, const Theme &theme, QWidget *parent = nullptr);

    /// The configuration of the active document, or of none.
    void show(const Configuration &configuration);

private:
    void addFile(const QString &title, const QString &path, const Configuration &configuration, bool mayCreate);
    void create(const QString &path);

    Preferences &m_preferences;
    Prompts &m_prompts;
    const Theme &m_theme;
    QVBoxLayout *m_files;
};

} // namespace stagewright
