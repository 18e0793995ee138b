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
        foreach (var (key, value) in file["dashboard"]!.AsObject().ToList())
        {
            if (value is System.Text.Json.Nodes.JsonObject forms)
            {
                foreach (var (form, text) in forms.ToList())
                    forms[form] = Pseudo((string)text!);
            }
            else
            {
                file["dashboard"]![key] = Pseudo((string)value!);
            }
        }
        return LanguageFile.Read(file.ToJsonString(), tag) with { Money = english.Money };
    }

    /// <summary>A third longer, in brackets that show where a text was cut.</summary>
    private static string Pseudo(string text) => $"[{text} {new string('~', text.Length / 3)}]";
}
