namespace Dunning.Local.MailViewer;

internal static class PageStyle
{
    public static Html Css { get; } =
        new(
            """

            :root { --ink: #1d2530; --soft: #5b6675; --line: #e3e7ec; --ground: #f6f7f9; --paper: #fff; --link: #1a4f8b; }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
            a { color: inherit; text-decoration: none; }
            header, main { max-width: 1120px; margin: 0 auto; padding: 0 28px; }
            header { padding-top: 34px; padding-bottom: 18px; }
            h1 { font-size: 24px; line-height: 1.3; font-weight: 650; margin: 0; letter-spacing: -.01em; overflow-wrap: anywhere; }
            header p { margin: 4px 0 0; color: var(--soft); }
            .back { display: inline-block; margin-bottom: 10px; color: var(--link); font-size: 14px; }
            .back:hover { text-decoration: underline; }
            main { padding-bottom: 60px; }
            h2 { font-size: 13px; font-weight: 600; color: var(--soft); margin: 26px 0 8px; }
            .card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
            .row { display: grid; grid-template-columns: 92px 64px minmax(150px, 270px) 1fr 128px; gap: 0 16px; align-items: baseline; padding: 12px 18px; }
            .row + .row { border-top: 1px solid var(--line); }
            .row:hover { background: #fafbfc; }
            .row:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
            .note { text-align: right; }
            .time, .note { color: var(--soft); font-size: 13.5px; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .who { min-width: 0; overflow-wrap: anywhere; }
            .who small { display: block; color: var(--soft); font-size: 13px; }
            .what { min-width: 0; font-weight: 550; text-align: left; overflow-wrap: anywhere; }
            .what.sms { font-weight: 400; }
            .badge { justify-self: start; border-radius: 99px; padding: 1px 10px; font-size: 12px; font-weight: 600; letter-spacing: .01em; }
            .badge.email { background: #e4eefb; color: #17447a; }
            .badge.text { background: #e2f4ea; color: #17603a; }
            .empty { background: var(--paper); border: 1px dashed #cfd6de; border-radius: 10px; padding: 44px; text-align: center; color: var(--soft); }
            table { border-collapse: collapse; width: 100%; }
            th { text-align: left; font-weight: 500; color: var(--soft); width: 150px; vertical-align: top; }
            th, td { padding: 7px 18px; overflow-wrap: anywhere; }
            tr:first-child > * { padding-top: 14px; } tr:last-child > * { padding-bottom: 14px; }
            .sides { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 22px; }
            iframe { display: block; width: 100%; height: 780px; border: 0; background: #fff; }
            pre { margin: 0; padding: 18px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
            .phone { max-width: 390px; margin: 30px auto 0; background: var(--paper); border: 1px solid var(--line); border-radius: 30px; padding: 22px 20px 40px; }
            .phone .sender { text-align: center; font-weight: 600; padding-bottom: 12px; border-bottom: 1px solid var(--line); margin-bottom: 20px; }
            .phone .when { text-align: center; color: var(--soft); font-size: 12.5px; margin-bottom: 12px; }
            .bubble { background: #e9ebef; border-radius: 18px 18px 18px 5px; padding: 10px 15px; max-width: 88%; white-space: pre-wrap; overflow-wrap: anywhere; }
            @media (max-width: 820px) {
              header, main { padding-left: 16px; padding-right: 16px; }
              .row { grid-template-columns: auto auto 1fr; } .who, .what { grid-column: 1 / -1; } .note { grid-column: 1 / -1; text-align: left; }
              .sides { grid-template-columns: minmax(0, 1fr); }
            }

            """
        );
}
