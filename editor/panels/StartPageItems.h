// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "panels/GraphThumbnail.h"
#include "panels/StartPage.h"

#include <QAbstractButton>

namespace stagewright {

/// A template as a picture of its graph with a title and a line about it.
class TemplateCard : public QAbstractButton
{
    Q_OBJECT
public:
    TemplateCard(const Theme &theme, const Linter &linter, const Template &item, QWidget *parent = nullptr);
    [[nodiscard]] const QString &language() const { return m_language; }
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] QSize sizeHint() const override { return {270, 172}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 172}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    GraphThumbnail m_picture;
    QString m_language;
    QString m_facts;
    bool m_broken = false;
    int m_errors = 0; ///< Of a broken one.
    int m_warnings = 0;
};

/// One line of the recent files.
class RecentItem : public QAbstractButton
{
    Q_OBJECT
public:
    RecentItem(const Theme &theme, const RecentFile &file, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {200, 45}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    RecentFile m_file;
    bool m_missing = false;
};

/// A filled or outlined button of the start page with a shortcut at its right end.
class StartButton : public QAbstractButton
{
    Q_OBJECT
public:
    StartButton(const Theme &theme, const QString &icon, const QString &text, const QString &shortcut, bool primary,
                QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {220, 32}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_icon;
    QString m_shortcut;
    bool m_primary = false;
};

/// A pill that filters.
class FilterPill : public QAbstractButton
{
    Q_OBJECT
public:
    FilterPill(const Theme &theme, const QString &text, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace stagewright
