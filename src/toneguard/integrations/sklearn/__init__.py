"""scikit-learn: reviews as features, and a classifier of brands. Only importing this package imports scikit-learn."""

from toneguard.integrations.sklearn.brand_voice import BrandVoiceClassifier
from toneguard.integrations.sklearn.features import ReviewFeatures

__all__ = ["BrandVoiceClassifier", "ReviewFeatures"]
