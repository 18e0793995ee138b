using Dunning.Notices.Localization;

namespace Dunning.Tests.Dashboard;

/// <summary>
/// English made longer, and English from right to left: what is not translated, or does not fit, is seen at once.
/// </summary>
internal static class PseudoLanguage
{
    public static Language Long { get; } = Change("en-XA", rightToLeft: false);

    public static Language RightToLeft { get; } = Change("ar-XB", rightToLeft: true);

    private static Language Change(string tag, bool rightToLeft)
    {
        var english = Language.For("en");
        var file = System.Text.Json.Nodes.JsonNode.Parse(EmbeddedText.Read("Notices/Localization/Languages/en.json"))!;
        file["tag"] = tag;
        file["direction"] = rightToLeft ? "rtl" : "ltr";
        foreach (var pages in new[] { "dashboard", "portal" })
            ChangePages(file[pages]!.AsObject());
        return LanguageFile.Read(file.ToJsonString(), tag) with { Money = english.Money };
    }

    private static void ChangePages(System.Text.Json.Nodes.JsonObject pages)
    {
        foreach (var (key, value) in pages.ToList())
        {
            if (value is System.Text.Json.Nodes.JsonObject forms)
            {
                foreach (var (form, text) in forms.ToList())
                    forms[form] = Pseudo((string)text!);
            }
            else
            {
                pages[key] = Pseudo((string)value!);
            }
        }
    }

    /// <summary>A third longer, in brackets that show where a text was cut.</summary>
    private static string Pseudo(string text) => $"[{text} {new string('~', text.Length / 3)}]";
}
