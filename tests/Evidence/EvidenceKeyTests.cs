using System.Security.Cryptography;
using Dunning.Evidence;

namespace Dunning.Tests.Evidence;

public sealed class EvidenceKeyTests
{
    /// <summary>The key of RFC 7515, appendix A.3, with its signature.</summary>
    private const string Key = """
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"1","use":"sig"}
        """;

    [Fact]
    public void A_signature_of_the_standard_is_verified()
    {
        var signature = new ManifestSignature(
            "ES256",
            "rfc7515",
            EvidenceKey.TryParse(Key)!,
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        );
        var signed =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"u8;

        Assert.True(signature.IsOf(signed));
        Assert.False(signature.IsOf("another text"u8));
    }

    [Fact]
    public void The_thumbprint_is_that_of_the_members_in_their_order() =>
        Assert.Equal("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U", EvidenceKey.TryParse(Key)!.Thumbprint);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"kty":"RSA","crv":"P-256","x":"","y":""}""")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"","y":""}""")]
    [InlineData(
        """
            {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}
            """
    )]
    public void What_is_no_point_on_the_curve_is_no_key(string json) => Assert.Null(EvidenceKey.TryParse(json));

    [Fact]
    public void A_key_has_one_text_and_so_one_thumbprint()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var known = EvidenceKey.From(key);

        Assert.True(known.IsValid);
        Assert.All(
            [known.X + "=", known.X + " ", known.X[..^1], known.X + "A", "*" + known.X[1..]],
            x => Assert.False((known with { X = x }).IsValid)
        );
    }
}
