using System.Security.Cryptography;
using System.Text;

namespace Dunning.Dashboard.Layout;

/// <summary>The one stylesheet, under an address that contains its hash, so that browsers keep it for a year.</summary>
internal static class Stylesheet
{
    public static readonly string Text = EmbeddedText.Read("Dashboard/Layout/dashboard.css");
    public static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..16];
    public static readonly string Path = Pages.Of($"style/{Hash}.css");
}
